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

async function send(page: Page, file: string) {
  await page.getByLabel("CSV file").setInputFiles(file);
  await page.getByRole("button", { name: "Import" }).click();
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
    await send(page, list(company, 3000));
    await outcome(page, javaScriptEnabled, "3000 leads imported, 1 duplicate skipped, 2 rows not taken in.");
    await expect(page.getByRole("row", { name: "3003 The first name is required." })).toBeVisible();
    const [download] = await Promise.all([
      page.waitForEvent("download"),
      page.getByRole("link", { name: "Download them as CSV" }).click(),
    ]);
    const chunks: Buffer[] = [];
    for await (const chunk of await download.createReadStream()) chunks.push(chunk as Buffer);
    expect(Buffer.concat(chunks).toString()).toContain("'=cmd(),Bad Phone,12");

    await page.getByRole("link", { name: "See the leads" }).click();
    await expect(page.getByRole("row")).toHaveCount(51);
    await page.getByRole("link", { name: "Import leads" }).click();
    await expect(page.getByRole("row", { name: /list-0\.csv .* Mo Manager 3000 leads imported/ })).toBeVisible();
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
      await send(page, file);
      await expect(page.getByText(problem)).toBeVisible();
      await expect(field).toHaveAccessibleDescription(new RegExp(problem));
    }
    writeFileSync(file, "Name,Number\nAsha,1\n");
    await send(page, file);
    await outcome(page, javaScriptEnabled, "The import failed: the first line must name the columns, FirstName and Phone at least");
    await expect(page.getByText("Nothing was taken in.")).toBeVisible();
    await page.getByRole("link", { name: "Import another file" }).click();
    await expect(page.getByRole("row", { name: /^a\.csv/ })).toContainText("The import failed");
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
  await outcome(mo, true, "12000 leads imported, 1 duplicate skipped, 2 rows not taken in.");
  const seen = await mo.evaluate(() => (window as unknown as { seen: string[] }).seen);
  expect(seen[0], "the bar was there first").toMatch(/Waiting to start|Reading leads|Adding leads/);
  expect(seen.join("\n")).toMatch(/Adding leads\d+ of 12001 leads/);
  await expect(bo.getByRole("row", { name: /list-0\.csv/ })).toContainText("12000 leads imported");
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
    "1000 leads imported, 1 duplicate skipped, 2 rows not taken in.",
    "1001 duplicates skipped, 2 rows not taken in.",
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
  await expect(page.getByRole("alert")).toHaveText("Your role doesn't allow this.");
  await expect(page.getByLabel("CSV file")).toHaveCount(0);
});
