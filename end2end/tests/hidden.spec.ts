import { type Company, expect, type Page, PASSWORD, signIn, test, withLeads } from "./company.ts";

const HIDDEN = "You are signed out";

/** The page of the first lead of the agent, hydrated, with its stream open. */
async function atLead(page: Page) {
  await page.goto("/leads/1");
  await expect(page.locator("html[data-hydrated]")).toBeAttached();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Lead 1");
}

/** Nothing that the page showed is in it any more, its title among that. */
async function hides(page: Page, heading = HIDDEN) {
  await expect(page.getByRole("heading", { level: 1 })).toHaveText(heading);
  const held = await page.evaluate(() => ["Lead 1", "+1872", "5550000", "Agent 1"].filter((secret) => (document.documentElement.outerHTML + document.title).includes(secret)));
  expect(held).toEqual([]);
  await expect(page.getByRole("main")).toBeFocused();
}

async function signInHere(page: Page, email: string) {
  await page.getByLabel("Email").fill(email);
  await page.getByLabel("Password").fill(PASSWORD);
  await page.getByRole("button", { name: "Sign in" }).click();
}

async function post(page: Page, path: string, form: Record<string, string>) {
  return page.evaluate(
    // A request of the page's own, as the program's: it says for whom the page was made.
    async ([path, body]) => (await fetch(new Request(path, { method: "POST", body, headers: { "content-type": "application/x-www-form-urlencoded", accept: "application/json" } }))).status,
    [path, new URLSearchParams(form).toString()] as const,
  );
}

const ended: Record<string, (company: Company, page: Page, admin: () => Promise<Page>) => Promise<void>> = {
  "an admin bans them": async (_, __, admin) => {
    const page = await admin();
    await page.goto("/users/2");
    await expect(page.locator("html[data-hydrated]")).toBeAttached();
    await page.getByRole("button", { name: "Ban…" }).click();
    await page.getByRole("dialog").getByRole("button", { name: "Ban", exact: true }).click();
  },
  "they sign out in another tab": async (_, page) => {
    const other = await page.context().newPage();
    await other.goto("/account");
    await other.getByRole("button", { name: "Sign out" }).first().click();
    await expect(other.getByRole("heading", { level: 1 })).toHaveText("Sign in");
  },
  "their session is gone, which the next answer says": async (company, page) => {
    company.sql("DELETE FROM sessions");
    await page.getByRole("link", { name: "Edit" }).first().click();
  },
};

for (const [how, end] of Object.entries(ended)) {
  test(`an open page hides what it shows as soon as ${how}`, async ({ company, signedIn }) => {
    const agent = withLeads(company, 3);
    const page = await signedIn(agent);
    await atLead(page);
    await end(company, page, () => signedIn("ada.admin@example.com"));
    await hides(page);
  });
}

for (const look of [{}, { viewport: { width: 390, height: 844 }, colorScheme: "dark" as const, reducedMotion: "reduce" as const }]) {
  test(`what was typed comes back for the same person, ${look.viewport ? "on a phone" : "here and in another tab"}`, async ({ company, signedIn }) => {
    const agent = withLeads(company, 3);
    const page = await signedIn(agent, look);
    await atLead(page);
    const form = page.locator("#log-call");
    const note = form.getByLabel("Note");
    await form.getByRole("radio", { name: "Busy" }).check();
    await note.fill("Call back after lunch");
    for (const where of ["here", "elsewhere"]) {
      const other = await page.context().newPage();
      await other.goto("/account");
      await post(other, "/api/sign-out", {});
      await hides(page);
      // No key reaches the hidden form.
      await page.keyboard.press("1");
      if (where === "here") {
        await page.bringToFront();
        await page.getByLabel("Password").fill("not the password");
        await page.getByLabel("Email").fill(agent);
        await page.getByRole("button", { name: "Sign in" }).click();
        await expect(page.getByText("Email or password is wrong.")).toBeVisible();
        await signInHere(page, agent);
      } else {
        await signIn(other, agent);
      }
      await expect(page.getByRole("heading", { level: 1 })).toHaveText("Lead 1");
      await expect(page).toHaveTitle(/Lead 1/);
      await expect(note).toHaveValue("Call back after lunch");
      await expect(form.getByRole("radio", { name: "Busy" })).toBeChecked();
      await other.close();
    }
    await page.bringToFront();
    await expect(note, "where they were").toBeFocused();
    await form.getByRole("button", { name: "Log call" }).click();
    await expect(page.getByText("Call back after lunch").first()).toBeVisible();
  });
}

test("what was typed is gone as soon as somebody else signs in, in whichever tab", async ({ company, signedIn }) => {
  const agent = withLeads(company, 3);
  const manager = company.addUser("Mo Manager", "Manager");
  const page = await signedIn(agent);
  const [second, queue] = [await page.context().newPage(), await page.context().newPage()];
  await atLead(second);
  await second.locator("#log-call").getByLabel("Note").fill("Theirs alone");
  await queue.goto("/tasks");
  await expect(queue.locator("html[data-hydrated]")).toBeAttached();
  await page.goto("/account");
  // Over the session that is there: whoever signs out first is hidden by that already.
  expect(await post(page, "/api/sign-in", { email: manager, password: PASSWORD })).toBeLessThan(400);
  for (const tab of [second, queue]) {
    await hides(tab, "Somebody else is signed in");
    await expect(tab.getByText("Mo Manager")).toBeVisible();
  }
  expect(await second.evaluate(() => document.documentElement.innerHTML)).not.toContain("Theirs alone");
  // Nor does it come back.
  expect(await post(page, "/api/sign-in", { email: agent, password: PASSWORD })).toBeLessThan(400);
  await page.goto("/account");
  await expect(second.getByText("Agent 1")).toBeVisible();
  await expect(second.getByRole("heading", { level: 1 })).toHaveText("Somebody else is signed in");
  await second.getByRole("link", { name: /^Open this address/ }).click();
  await expect(second.getByRole("heading", { level: 1 })).toHaveText("Lead 1");
  await expect(second.locator("#log-call").getByLabel("Note")).toHaveValue("");
});
