import { type Company, expect, type Page, test } from "./company.ts";

const CONFIGURATIONS = "/settings?tab=configurations";

/** The status panel of Auto lead assignment, on a page of its own. */
async function openPanel(page: Page, javaScript = true) {
  await page.goto(CONFIGURATIONS);
  // The forms are the last that scripts take over.
  if (javaScript) await expect(page.locator("form.editing[data-interactive]").first()).toBeVisible();
  return page.getByRole("region", { name: "Status of Auto lead assignment" });
}

/** Unassigned leads, and two agents with room for a hundred each. */
function withLeads(company: Company, count: number): string {
  const admin = company.addUser("Ada Admin", "Company Admin");
  company.addUser("Agent 1", "Agent", 100);
  company.addUser("Agent 2", "Agent", 100);
  company.addLeads(count);
  return admin;
}

for (const javaScriptEnabled of [true, false]) {
  test(`from a panel to its history, to a run, to the leads it moved, JavaScript ${javaScriptEnabled ? "on" : "off"}`, async ({ company, signedIn }) => {
    const admin = withLeads(company, 70);
    company.run(["run", "top-up"]);
    company.run(["run", "auto-removal"]);
    const page = await signedIn(admin, { javaScriptEnabled });
    const link = (await openPanel(page, javaScriptEnabled)).getByRole("link", { name: "Run history" });
    await page.goto((await link.getAttribute("href"))!);
    await expect(page).toHaveURL(/\/settings\/runs\?job=auto_assignment$/);
    await expect(page.getByRole("heading", { name: "No runs of Auto lead assignment yet" })).toBeVisible();

    const jobs = page.getByRole("navigation", { name: "Job" });
    await jobs.getByRole("link", { name: "All jobs" }).click();
    await expect(page).toHaveURL(/\/settings\/runs$/);
    const rows = page.getByRole("table", { name: "Runs, newest first" }).locator("tbody").getByRole("row");
    await expect(rows.first()).toContainText("Auto removal");
    await expect(rows.first()).toContainText("no leads were eligible.");
    await jobs.getByRole("link", { name: "Daily lead top-up" }).click();
    await expect(page).toHaveURL(/job=top_up$/);
    await expect(rows).toHaveCount(1);
    await expect(rows.first()).toContainText("Command line");
    await expect(rows.first()).toContainText("70 leads added across 2 agents");

    await rows.first().getByRole("link").click();
    await expect(page).toHaveURL(/\/settings\/runs\/\d+$/);
    await expect(page.getByRole("heading", { name: "Daily lead top-up", level: 2 })).toBeVisible();
    await expect(page.getByRole("row", { name: /^Agent 1 0 35 0 35 \/ 100$/ })).toBeVisible();
    const moved = page.getByRole("table", { name: "Leads, in the order they were moved" }).locator("tbody").getByRole("row");
    await expect(moved).toHaveCount(50);
    await expect(moved.first()).toContainText("Unassigned, Nobody");
    await page.getByRole("link", { name: "Next page" }).click();
    await expect(page).toHaveURL(/after=\d+$/);
    await expect(moved).toHaveCount(20);
    await page.getByRole("link", { name: "First page" }).click();
    await expect(moved).toHaveCount(50);
    await page.getByRole("link", { name: "All its runs" }).click();
    await expect(page).toHaveURL(/job=top_up$/);
    await expect(rows).toHaveCount(1);
  });
}

test("a run pressed in one tab appears in an open history by itself, and nothing else loses its place", async ({ company, signedIn }) => {
  const admin = withLeads(company, 10);
  company.run(["run", "auto-removal"]);
  const page = await signedIn(admin);
  const panel = await openPanel(page);
  const history = await page.context().newPage();
  await history.goto("/settings/runs");
  await expect(history.locator("html[data-hydrated]")).toBeAttached();
  const rows = history.locator("table.runs tbody tr");
  // With the import that brought the leads.
  await expect(rows).toHaveCount(2);
  const old = history.getByRole("row", { name: /Auto removal/ }).getByRole("link");
  await old.focus();

  await panel.getByRole("button", { name: /Run/ }).click();
  await page.getByRole("dialog").getByRole("button", { name: "Run Now" }).click();
  await expect(rows).toHaveCount(3);
  await expect(rows.first()).toContainText("Run Now by Ada Admin");
  await expect(rows.first()).toContainText("10 leads assigned across 2 agents.");
  await expect(old).toBeFocused();
});

test("a run's page follows the run to its end", async ({ company, signedIn }) => {
  const page = await signedIn(withLeads(company, 2000));
  await openPanel(page);
  const panel = page.getByRole("region", { name: "Status of Daily lead top-up" });
  const history = await page.context().newPage();
  await history.goto("/settings/runs?job=top_up");
  await expect(history.locator("html[data-hydrated]")).toBeAttached();
  await expect(history.getByRole("heading", { name: "No runs of Daily lead top-up yet" })).toBeVisible();
  await panel.getByRole("button", { name: /Run/ }).click();
  await page.getByRole("dialog").getByRole("button", { name: "Run Now" }).click();
  // Perhaps while it is at work; its page is never loaded again.
  await history.locator("table.runs tbody a").click();
  await expect(history.locator("article .outcome")).toHaveText("200 leads added across 2 agents, 1800 still unassigned (agents at cap).");
  await expect(history.getByRole("progressbar")).toHaveCount(0);
  await expect(history.getByRole("row", { name: /^Agent 2 0 100 0 100 \/ 100$/ })).toBeVisible();
});

test("a run that isn't there says so, and an agent sees no history", async ({ company, signedIn }) => {
  const page = await signedIn(company.addUser("Ada Admin", "Company Admin"));
  expect((await page.goto("/settings/runs/999"))?.status()).toBe(404);
  await expect(page.getByRole("heading", { name: "There is no such run" })).toBeVisible();
  await page.getByRole("main").getByRole("link", { name: "run history", exact: true }).click();
  await expect(page.getByRole("heading", { name: "No runs yet" })).toBeVisible();
  const agent = await signedIn(company.addUser("Agent 1", "Agent", 50));
  expect((await agent.goto("/settings/runs"))?.status()).toBe(403);
  await expect(agent.getByRole("table")).toHaveCount(0);
});
