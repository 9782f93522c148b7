import { readFileSync } from "node:fs";
import { type Company, expect, type Page, PASSWORD, test } from "./company.ts";
import { PAGE } from "./configurations.ts";

/** One agent with a lead, who has called it `calls` times just now; half of them connected, for a minute each. */
function addCalls(company: Company, calls: number) {
  company.addUser("Agent 1", "Agent", 50);
  company.addLeads(1);
  const database = company.sqlite();
  const add = database.prepare(
    `INSERT INTO calls (lead_id, agent_id, started_at, direction, status, duration_seconds)
     SELECT min(l.id), u.id, ?, 'outgoing', ?, ? FROM leads l, users u WHERE u.name = 'Agent 1' GROUP BY u.id`,
  );
  for (let n = 0; n < calls; n++) add.run(Date.now() - 1000, n % 2 ? "busy" : "called", n % 2 ? 0 : 60);
  database.close();
  company.run(["recount"]);
}

async function saveTarget(page: Page, calls: string, javaScript: boolean) {
  await page.goto(PAGE);
  if (javaScript) await expect(page.locator("#daily_target form.editing[data-interactive]")).toBeVisible();
  const section = page.getByRole("region", { name: "Daily call target" });
  await section.getByLabel("Daily call target").fill(calls);
  await section.getByLabel("Your password").fill(PASSWORD);
  await section.getByRole("button", { name: "Save" }).click();
  await expect(section.getByText(/^Saved\./)).toBeVisible();
}

function tile(page: Page, name: string) {
  const title = page.locator("dt", { hasText: new RegExp(`^${name}$`) });
  return page.locator(".tiles > div").filter({ has: title }).locator(".tile-value");
}

test.describe.configure({ timeout: 120_000 });

test("Daily call target: the baseline for the day's call coverage in Reports", async ({ company, signedIn }) => {
  addCalls(company, 28);
  const admin = await signedIn(company.addUser("Ada Admin", "Company Admin"));
  const manager = await signedIn(company.addUser("Mo Manager", "Manager"));
  await manager.goto("/reports");
  await expect(manager.locator("html[data-hydrated]")).toBeVisible();
  await manager.getByRole("link", { name: "Today" }).click();
  await expect(manager.getByText("Baseline: Daily call target 100 × 1 agent = 100 calls a day.")).toBeVisible();
  await expect(tile(manager, "Call coverage")).toHaveText("28 %");
  // The open page follows the save.
  await saveTarget(admin, "25", true);
  await expect(manager.getByText("Baseline: Daily call target 25 × 1 agent = 25 calls a day.")).toBeVisible();
  await expect(tile(manager, "Call coverage")).toHaveText("112 %");
  const byAgent = manager.getByRole("region", { name: "Coverage by agent" });
  await expect(byAgent.getByRole("row", { name: /^Agent 1/ })).toContainText("112 %");
  await manager.reload();
  await expect(tile(manager, "Call coverage")).toHaveText("112 %");
});

for (const javaScriptEnabled of [true, false]) {
  test(`a report is asked for in the address, JavaScript ${javaScriptEnabled ? "on" : "off"}`, async ({ company, signedIn }) => {
    addCalls(company, 10);
    company.addUser("Agent 2", "Agent", 50);
    const page = await signedIn(company.addUser("Ada Admin", "Company Admin"), { javaScriptEnabled });
    await saveTarget(page, "10", javaScriptEnabled);
    await page.getByRole("link", { name: "Reports" }).first().click();
    await page.getByRole("link", { name: "Today" }).click();
    await expect(page).toHaveURL(/from=.*&to=/);
    await expect(tile(page, "Call coverage")).toHaveText("50 %");
    await expect(tile(page, "Connected")).toHaveText("5");
    await expect(tile(page, "Talk time")).toHaveText("5 min");
    await page.getByLabel("Agent", { exact: true }).selectOption("Agent 1");
    const show = page.getByRole("button", { name: "Show" });
    await show.focus();
    await show.press("Enter");
    await expect(page).toHaveURL(/agent=\d+/);
    if (javaScriptEnabled) await expect(show, "the form stays under the hands").toBeFocused();
    await expect(tile(page, "Call coverage")).toHaveText("100 %");
    const byAgent = page.getByRole("region", { name: "Coverage by agent" });
    await expect(byAgent.getByRole("row", { name: /Agent 2/ })).toHaveCount(0);
    const outcomes = page.getByRole("region", { name: "Outcomes" });
    await expect(outcomes.getByRole("row", { name: /^Busy/ })).toContainText("5");
    const [download] = await Promise.all([page.waitForEvent("download"), page.getByRole("link", { name: "Download CSV" }).click()]);
    expect(readFileSync(await download.path(), "utf8")).toMatch(/,Agent 1,10,10,100,5,300,0,0\r?\n$/);
    await page.goto("/reports?from=2026-01-02&to=2026-01-01");
    await expect(page.getByText("To must be the same day as From, or a later one.")).toBeVisible();
    await page.goto("/reports?agent=nobody");
    await expect(page.getByText("Agent is one of those in the menu, or Everybody.")).toBeVisible();
    await expect(page.getByLabel("Agent", { exact: true })).toHaveValue("");
    await page.getByRole("link", { name: "Last 30 days" }).click();
    await expect(tile(page, "Outgoing calls")).toHaveText("10");
    await byAgent.getByRole("link", { name: "Outgoing" }).click();
    await expect(page).toHaveURL(/sort=-outgoing/);
    await expect(byAgent.getByRole("rowheader")).toHaveText(["Agent 1", "Agent 2", "All"]);
    await byAgent.getByRole("link", { name: "Outgoing" }).click();
    await expect(byAgent.getByRole("rowheader")).toHaveText(["Agent 2", "Agent 1", "All"]);
    // What is chosen and not sent goes: the fields say what the figures answer.
    await page.getByLabel("Agent", { exact: true }).selectOption("Agent 1");
    await page.getByLabel("To", { exact: true }).fill("");
    await page.getByRole("link", { name: "Today" }).click();
    await expect(page.getByRole("link", { name: "Today" })).toHaveAttribute("aria-current", "true");
    await expect(page.getByLabel("Agent", { exact: true })).toHaveValue("");
    await expect(page.getByLabel("To", { exact: true })).toHaveValue(/^\d{4}-/);
    await expect(page).toHaveURL(/sort=outgoing/);
  });
}

test("reports aren't for agents", async ({ company, signedIn }) => {
  const page = await signedIn(company.addUser("Agent 1", "Agent", 50));
  await expect(page.getByRole("link", { name: "Reports" })).toHaveCount(0);
  await page.goto("/reports");
  await expect(page.getByText("Your role doesn't allow this, and nothing was done.")).toBeVisible();
});
