import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { type Company, expect, type Page, test } from "./company.ts";

/** A file as companies have them: some rows bad, some twice. */
function list(company: Company, count: number, from = 0): string {
  const row = (n: number) => `Lead ${n},Verma,+1872${String(5550000 + n)},lead${n}@example.com,,website;basic`;
  const rows = Array.from({ length: count }, (_, i) => row(from + i));
  const odd = [row(from), ",No Name,+18725559998,,,", "=cmd(),Bad Phone,12,,,"];
  const file = join(company.folder, `list-${from}.csv`);
  writeFileSync(file, ["FirstName,LastName,Phone,Email,Status,Tags", ...rows, ...odd, ""].join("\n"));
  return file;
}

/** Brings a file, to look at it. */
async function bring(page: Page, file: string) {
  await page.getByLabel("CSV file").setInputFiles(file);
  await page.getByRole("button", { name: "Look at the file" }).click();
}

/** Brings a file and imports it with its columns as they are guessed. */
async function send(page: Page, file: string) {
  await bring(page, file);
  await expect(page).toHaveURL(/\/leads\/import\/drafts\/\d+$/);
  await page.getByRole("button", { name: /^Import/ }).click();
}

/** Waits for the outcome: it comes by itself, or without JavaScript by looking again. */
async function outcome(page: Page, javaScript: boolean, text: string) {
  await expect(page).toHaveURL(/\/leads\/import\/\d+$/);
  const status = page.getByRole("status").filter({ hasText: text });
  if (javaScript) return expect(status).toBeVisible({ timeout: 30_000 });
  await expect(async () => {
    if (!(await status.isVisible())) await page.getByRole("link", { name: "Look again" }).click();
    await expect(status).toBeVisible({ timeout: 500 });
  }).toPass();
}

for (const javaScriptEnabled of [true, false]) {
  test(`a manager imports a list, JavaScript ${javaScriptEnabled ? "on" : "off"}`, async ({ company, signedIn }) => {
    const page = await signedIn(company.addUser("Mo Manager", "Manager"), { javaScriptEnabled });
    await page.goto("/leads");
    await expect(page.getByRole("heading", { name: "No leads yet" })).toBeVisible();
    await page.getByRole("link", { name: "Import a list" }).click();
    await expect(page.getByRole("heading", { name: "Import leads" })).toBeVisible();
    if (javaScriptEnabled) await expect(page.locator("html[data-hydrated]")).toBeAttached();
    await bring(page, list(company, 3000));
    await expect(page.getByText("3,000 rows are good, 1 repeats an earlier row's phone, 2 can't be taken in.")).toBeVisible();
    await page.getByRole("button", { name: "Import 3,000 leads" }).click();
    await outcome(page, javaScriptEnabled, "3,000 leads imported, 1 duplicate skipped, 2 rows not taken in.");
    await expect(page.getByRole("row", { name: "3003 The first name is required." })).toBeVisible();
    const [download] = await Promise.all([
      page.waitForEvent("download"),
      page.getByRole("link", { name: "Download all that was not taken in" }).first().click(),
    ]);
    const duplicate = page.getByRole("row", { name: /^3002 Lead 0 Verma \+18725550000 Lead 0 Verma Unassigned Nobody/ });
    await expect(duplicate.getByRole("link", { name: "Lead 0 Verma" })).toHaveAttribute("href", /^\/leads\/\d+$/);
    const chunks: Buffer[] = [];
    for await (const chunk of await download.createReadStream()) chunks.push(chunk as Buffer);
    expect(Buffer.concat(chunks).toString()).toContain("'=cmd(),Bad Phone,12");

    await page.getByRole("link", { name: "See the leads" }).click();
    await expect(page.getByRole("row")).toHaveCount(51);
    await page.getByRole("link", { name: "Import leads" }).click();
    await expect(page.getByRole("row", { name: /list-0\.csv .* Mo Manager 3,000 leads imported/ })).toBeVisible();
    expect(company.run(["check"])).not.toContain("BROKEN");
  });

  test(`a file that is no list is refused, JavaScript ${javaScriptEnabled ? "on" : "off"}`, async ({ company, signedIn }) => {
    const page = await signedIn(company.addUser("Mo Manager", "Manager"), { javaScriptEnabled });
    const field = page.getByLabel("CSV file");
    const file = join(company.folder, "a.csv");
    await page.goto("/leads/import");
    if (javaScriptEnabled) await expect(page.locator("html[data-hydrated]")).toBeAttached();
    for (const [size, problem] of [
      [0, "The file is empty."],
      [10 * 1024 * 1024 + 1, "The file is larger than 10 MB."],
    ] as const) {
      writeFileSync(file, "x".repeat(size));
      await bring(page, file);
      await expect(page.getByText(problem)).toBeVisible();
      await expect(field).toHaveAccessibleDescription(new RegExp(problem));
    }
    writeFileSync(file, "%PDF-1.7\n");
    await bring(page, file);
    await expect(field).toHaveAccessibleDescription(/The file is a PDF, not a list of leads/);
  });

  test(`how a file is written and where its names stand is chosen, JavaScript ${javaScriptEnabled ? "on" : "off"}`, async ({ company, signedIn }) => {
    const page = await signedIn(company.addUser("Mo Manager", "Manager"), { javaScriptEnabled });
    const file = join(company.folder, "old.csv");
    writeFileSync(file, Buffer.from("Leads of M\u00e4rz\nFirstName,Phone,Tags\nZo\u00eb,+18725550001,\"a, b\"\n", "latin1"));
    await page.goto("/leads/import");
    if (javaScriptEnabled) await expect(page.locator("html[data-hydrated]")).toBeAttached();
    await bring(page, file);
    if (javaScriptEnabled) await expect(page.locator("html[data-hydrated]")).toBeAttached();
    await expect(page.getByText("Line 1 of the file is not UTF-8. Choose how the file is written.")).toBeVisible();
    const look = async () => {
      if (!javaScriptEnabled) await page.getByRole("button", { name: "Look again" }).click();
    };
    await page.getByLabel("The file is written in").selectOption("Western European (Windows-1252): März, Zoë");
    await look();
    await expect(page.getByText(/Line 1, "Leads of März", names no columns that are known\. Line 2 does\./)).toBeVisible();
    await page.getByLabel("The columns are named by").selectOption("2");
    await look();
    await expect(page.getByRole("row", { name: /^3 Zoë \+18725550001 Unassigned a, b/ })).toBeVisible();
    await page.getByLabel("Tags are separated by").selectOption("Semicolons: commas belong to them");
    await look();
    await page.getByRole("button", { name: "Import 1 lead" }).click();
    await outcome(page, javaScriptEnabled, "1 lead imported.");
    await page.getByRole("link", { name: "See the leads" }).click();
    await expect(page).toHaveURL(/\/leads\?import=\d+$/);
    await expect(page.getByRole("link", { name: "Drop Import: old.csv" })).toBeVisible();
  });

  test(`columns are chosen, ${javaScriptEnabled ? "with" : "without"} JavaScript`, async ({ company, signedIn }) => {
    company.addLeads(1);
    const page = await signedIn(company.addUser("Mo Manager", "Manager"), { javaScriptEnabled });
    const file = join(company.folder, "own.csv");
    writeFileSync(file, "\ufeffWho,Call on,Town,E-mail\nAsha,98765 43210,Pune,\nRavi,12,Goa,\nThere,+18725550000,Goa,\n");
    await page.goto("/leads/import");
    if (javaScriptEnabled) await expect(page.locator("html[data-hydrated]")).toBeAttached();
    await bring(page, file);
    if (javaScriptEnabled) await expect(page.locator("html[data-hydrated]")).toBeAttached();
    await expect(page.getByText("Choose which column is the first name.")).toBeVisible();
    await expect(page.getByLabel("E-mail")).toHaveValue("email");
    const look = async () => {
      if (!javaScriptEnabled) await page.getByRole("button", { name: "Look again" }).click();
    };
    await page.getByLabel("Who").selectOption("First name");
    await look();
    await expect(page.getByText("Choose which column is the phone.")).toBeVisible();
    await page.getByLabel("Call on").selectOption("Phone");
    await page.getByLabel("Town").selectOption("Tags");
    await look();
    await expect(page.getByText("1 row is good, 1 is a duplicate of a lead, 1 can't be taken in.")).toBeVisible();
    await expect(page.getByRole("row", { name: /^2 Asha \+919876543210 Unassigned Pune/ })).toBeVisible();
    await expect(page.getByRole("row", { name: /^3 Ravi 12 Goa The phone is too short/ })).toBeVisible();
    await expect(page.getByRole("row", { name: /^4 There .* Lead 1 has this phone already\./ })).toBeVisible();
    await page.getByRole("button", { name: "Import 1 lead" }).click();
    await outcome(page, javaScriptEnabled, "1 lead imported, 1 duplicate skipped, 1 row not taken in.");
    await expect(page.getByRole("row", { name: /^4 There .* Lead 1 Unassigned Nobody/ })).toBeVisible();
  });

  test(`a file is left for later and discarded, ${javaScriptEnabled ? "with" : "without"} JavaScript`, async ({ company, signedIn }) => {
    const page = await signedIn(company.addUser("Mo Manager", "Manager"), { javaScriptEnabled });
    await page.goto("/leads/import");
    await bring(page, list(company, 3));
    await expect(page.getByRole("heading", { name: "Look at the file" })).toBeVisible();
    await page.getByRole("link", { name: "All imports" }).click();
    await page.getByRole("link", { name: "list-0.csv" }).click();
    await expect(page.getByRole("heading", { name: "Look at the file" })).toBeVisible();
    await page.getByRole("button", { name: "Discard the file" }).click();
    await expect(page).toHaveURL(/\/leads\/import$/);
    await expect(page.getByRole("link", { name: "list-0.csv" })).toHaveCount(0);
  });
}

test("the outcome takes the bar's place without a reload, also in the tab of who only looks on", async ({ company, signedIn }) => {
  const mo = await signedIn(company.addUser("Mo Manager", "Manager"));
  const bo = await signedIn(company.addUser("Bo Boss", "Company Admin"));
  await bo.goto("/leads/import");
  await expect(bo.locator("html[data-hydrated]")).toBeAttached();
  await mo.goto("/leads/import");
  await expect(mo.locator("html[data-hydrated]")).toBeAttached();
  // What the page of the run shows from its first moment on.
  await mo.addInitScript(() => {
    const seen: string[] = ((window as unknown as { seen: string[] }).seen = []);
    const look = () => {
      const text = document.querySelector(".import-outcome")?.textContent ?? "";
      if (text && text !== seen.at(-1)) seen.push(text);
    };
    new MutationObserver(look).observe(document, { subtree: true, childList: true, attributes: true, characterData: true });
  });
  await send(mo, list(company, 12_000));
  await expect(bo.getByRole("row", { name: /list-0\.csv/ })).toBeVisible();
  await outcome(mo, true, "12,000 leads imported, 1 duplicate skipped, 2 rows not taken in.");
  const seen = await mo.evaluate(() => (window as unknown as { seen: string[] }).seen);
  expect(seen[0], "the bar was there first").toMatch(/Waiting to start|Reading leads|Adding leads/);
  expect(seen.join("\n")).toMatch(/Adding leads[\d,]+ of 12,001 leads/);
  await expect(bo.getByRole("row", { name: /list-0\.csv/ })).toContainText("12,000 leads imported");
});

test("two people import the same list at once", async ({ company, signedIn }) => {
  const pages = await Promise.all(
    ["Mo Manager", "Di Director"].map(async (name) => {
      const page = await signedIn(company.addUser(name, "Manager"));
      await page.goto("/leads/import");
      await expect(page.locator("html[data-hydrated]")).toBeAttached();
      return page;
    }),
  );
  const file = list(company, 1000);
  await Promise.all(pages.map((page) => send(page, file)));
  const said = await Promise.all(
    pages.map(async (page) => {
      const status = page.getByRole("status").filter({ hasText: "2 rows not taken in." });
      await expect(status).toBeVisible({ timeout: 30_000 });
      return status.textContent();
    }),
  );
  expect(said.toSorted()).toEqual([
    "1,000 leads imported, 1 duplicate skipped, 2 rows not taken in.",
    "1,001 duplicates skipped, 2 rows not taken in.",
  ]);
  expect(company.run(["check"])).not.toContain("BROKEN");
});

test("the sample file can be imported", async ({ company, signedIn }) => {
  const page = await signedIn(company.addUser("Mo Manager", "Manager"));
  await page.goto("/leads/import");
  const [download] = await Promise.all([
    page.waitForEvent("download"),
    page.getByRole("link", { name: "Download a sample file" }).click(),
  ]);
  const file = join(company.folder, "sample.csv");
  await download.saveAs(file);
  await send(page, file);
  await outcome(page, true, "3 leads imported.");
});

test("an agent finds no way to import", async ({ company, signedIn }) => {
  const page = await signedIn(company.addUser("Agent 1", "Agent", 5));
  await expect(page.getByRole("link", { name: /Import/ })).toHaveCount(0);
  await page.goto("/leads/import");
  await expect(page.getByRole("alert")).toHaveText("Your role doesn't allow this, and nothing was done. Ask an admin if you need it.");
  await expect(page.getByLabel("CSV file")).toHaveCount(0);
});
