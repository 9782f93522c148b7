import AxeBuilder from "@axe-core/playwright";
import { expect, type Page, test } from "./company.ts";
import { AutoAssignment } from "./configurations.ts";

// Without the movement from one theme to the other.
const looks = [1440, 390].map((width) => ({ viewport: { width, height: 900 }, reducedMotion: "reduce" as const }));

/** Each page, in the demo company, by who looks at it. */
const PAGES = {
  "admin@demo.example": [
    "/leads",
    "/leads/new",
    "/leads/7/edit",
    "/leads/import",
    "/leads?status=9&owner=none",
    "/leads?status=7&status=8&q=a&days=1",
    "/leads?days=soon",
    "/users",
    "/users?search=nobody",
    "/users/new",
    "/users/3",
    "/users/3?ask=ban-user",
    "/roles",
    "/roles/new",
    "/roles/3",
    "/account",
    "/settings?tab=general",
    "/settings?tab=status",
    "/settings?tab=configurations",
    "/settings/runs",
    "/settings/runs?job=auto_removal",
    "/settings/runs/1",
    "/settings/runs/999",
    "/settings?tab=nowhere",
    "/nowhere",
  ],
  "manager@demo.example": ["/dashboard", "/leads/7", "/customers", "/customers?q=nobody", "/customers/1", "/reports", "/reports?from=x"],
  "agent1@demo.example": ["/dashboard", "/tasks", "/tasks?due=overdue&status=3&q=a", "/tasks?due=soon", "/calls", "/leads", "/customers"],
};

/** As it stands, no violation in either theme, which differ in their colours alone. */
async function clean(page: Page, what: string) {
  await passes(new AxeBuilder({ page }), what);
  await show(page, "dark");
  await passes(new AxeBuilder({ page }).withRules(["color-contrast", "link-in-text-block"]), `${what}, dark`);
  await show(page, "light");
}

/** Changes the theme, and waits until it is painted. */
async function show(page: Page, colorScheme: "dark" | "light") {
  await page.emulateMedia({ colorScheme });
  await page.evaluate(() => new Promise((painted) => requestAnimationFrame(() => requestAnimationFrame(painted))));
}

async function passes(axe: AxeBuilder, what: string) {
  const { violations } = await axe.analyze();
  const found = violations.map(({ id, nodes }) => `${id}: ${nodes.map((node) => node.html).join(" ")}`);
  expect(found, what).toEqual([]);
}

/** As it stands: no violation, and it fits the width. */
async function sound(page: Page, what: string) {
  await clean(page, what);
  await fits(page, what);
}

/** Opens each page, which must have no violation and fit the width. */
async function visit(page: Page, paths: string[]) {
  for (const path of paths) {
    await page.goto(path);
    await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
    await sound(page, path);
  }
}

async function fits(page: Page, what: string) {
  const overflow = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
  expect(overflow, `${what} fits the width`).toBeLessThanOrEqual(0);
}

for (const look of looks) {
  test(`no page has an axe violation, ${look.viewport.width} px`, async ({ browser, company, signedIn, site }) => {
    const context = await browser.newContext({ baseURL: site, ...look });
    const page = await context.newPage();
    await page.goto("/sign-in");
    await clean(page, "the first run");
    const admin = company.addUser("Ada Admin", "Company Admin");
    await page.goto("/sign-in");
    await clean(page, "the sign-in");
    await page.getByLabel("Email").fill(admin);
    await page.getByLabel("Password").fill("not the password");
    await page.getByRole("button", { name: "Sign in" }).click();
    await expect(page.getByRole("alert")).toBeVisible();
    await clean(page, "a refused sign-in");
    await context.close();

    company.addUser("Agent 1", "Agent", 50);
    company.addLeads(60);
    const inside = await signedIn(admin, look);
    const section = await AutoAssignment.open(inside);
    await clean(inside, "configurations");
    await section.time.fill("");
    await section.save();
    await expect(section.section.getByText(/^Reassign at is/)).toBeVisible();
    await clean(inside, "a refused save");
    await section.time.fill("09:30");
    await section.enable();
    await section.runNow.click();
    await expect(inside.getByRole("dialog")).toContainText("50 leads would move");
    await clean(inside, "the question before a run");
    await inside.getByRole("dialog").getByRole("button", { name: "Run Now" }).click();
    await expect(section.line).toContainText("50 leads assigned");
    await section.panel.getByText("By agent").click();
    await clean(inside, "a finished run");
  });

  test(`an import has no axe violation, ${look.viewport.width} px`, async ({ company, signedIn }) => {
    const inside = await signedIn(company.addUser("Ada Admin", "Company Admin"), look);
    await inside.goto("/leads/import");
    await expect(inside.locator("html[data-hydrated]")).toBeAttached();
    const rows = Buffer.from("FirstName,Phone\nLead,+18725550001\n,+18725550002\nTwin,+18725550001\n");
    const file = (buffer: Buffer) => ({ name: "leads.csv", mimeType: "text/csv", buffer });
    await inside.getByLabel("CSV file").setInputFiles(file(Buffer.from("")));
    await inside.getByRole("button", { name: "Look at the file" }).click();
    await expect(inside.getByText("The file is empty.")).toBeVisible();
    await clean(inside, "a file that is refused");
    await inside.getByLabel("CSV file").setInputFiles(file(rows));
    await inside.getByRole("button", { name: "Look at the file" }).click();
    await expect(inside.getByRole("heading", { name: "What would be imported" })).toBeVisible();
    await clean(inside, "the look at a file");
    await fits(inside, "the look at a file");
    await inside.getByRole("button", { name: "Import 1 lead" }).click();
    await expect(inside.getByRole("heading", { name: "Rows not taken in" })).toBeVisible();
    await clean(inside, "an import's outcome");
    await fits(inside, "an import's outcome");
  });

  for (const [email, paths] of Object.entries(PAGES)) {
    test(`every page of ${email} is free of axe violations and fits, ${look.viewport.width} px`, async ({ company, signedIn }) => {
      // Dozens of pages, each gone through by axe, which takes its time for each row of a list.
      test.setTimeout(6 * 60_000);
      company.run(["demo", "--leads", "40", "--calls", "120", "--agents", "6"]);
      company.run(["run", "top-up"]);
      await visit(await signedIn(email, look, undefined, "calliyo demo"), paths);
    });
  }

  test(`a call being logged has no axe violation, ${look.viewport.width} px`, async ({ company, signedIn }) => {
    const agent = company.addUser("Agent 1", "Agent", 5);
    company.addLeads(3);
    company.run(["run", "top-up"]);
    const atWork = await signedIn(agent, look);
    await atWork.goto("/leads/1?from=tasks");
    await expect(atWork.locator("html[data-hydrated]")).toBeAttached();
    await atWork.getByRole("button", { name: "Log call" }).click();
    await expect(atWork.getByText("Choose how the call went.")).toBeVisible();
    await clean(atWork, "a refused call");
    await atWork.getByRole("radio", { name: "Follow up" }).check();
    await clean(atWork, "a call with a date");
    await atWork.getByRole("button", { name: "Log call" }).click();
    await expect(atWork.getByRole("button", { name: "Undo" })).toBeVisible();
    await clean(atWork, "a call that can be undone");
    await atWork.goto("/leads/1");
    await atWork.locator(".correct-call > summary").click();
    await sound(atWork, "a call being corrected");
  });
}
