import { expect, test } from "./company.ts";
import { AutoAssignment, Section } from "./configurations.ts";
import { DAY, anHourFrom, outcome, putOn, until } from "./reference.ts";

test.describe("Daily lead top-up", () => {
  test("runs every morning at Top-up at and fills each queue up to the lead cap with unassigned leads", async ({ company, signedIn }) => {
    const page = await signedIn(company.addUser("Ada Admin", "Company Admin"));
    company.addUser("Agent 1", "Agent", 4);
    company.addUser("Agent 2", "Agent", 6);
    company.addLeads(30);
    const topUp = await Section.of(page, "Daily lead top-up");
    await expect(topUp.section.getByText("Different problem from auto-assignment. Top-up runs every morning and fills each agent’s queue up to their lead cap — pulling in fresh, unassigned leads to replace ones they’ve already worked.")).toBeVisible();
    await expect(topUp.section.getByText("Time of day the top-up job runs.")).toBeVisible();
    const at = anHourFrom(company);
    await topUp.toggle.check();
    await topUp.time.fill(at);
    await topUp.store();
    company.pass(until(company, at));
    await expect(topUp.line).toHaveText(outcome(String.raw`10 leads added across 2 agents, 20 still unassigned \(agents at cap\)\.`));
    await expect(topUp.line).toContainText(`${at} IST`);
    // Worked off during the day: the next morning brings others in their place.
    putOn(company, 6, "id IN (SELECT min(id) FROM leads WHERE owner_id IS NOT NULL GROUP BY owner_id)");
    company.pass(DAY);
    const nextDay = await Section.of(await signedIn("ada.admin@example.com"), "Daily lead top-up");
    await expect(nextDay.line).toHaveText(outcome(String.raw`2 leads added across 2 agents, 18 still unassigned \(agents at cap\)\.`));
    expect(company.run(["check"])).not.toContain("BROKEN");
  });

  test("leads carried over from yesterday stay on the queue, then new leads top up to the cap", async ({ company, signedIn }) => {
    const page = await signedIn(company.addUser("Ada Admin", "Company Admin"));
    company.addUser("Agent 1", "Agent", 3);
    company.addLeads(3);
    const topUp = await Section.of(page, "Daily lead top-up");
    await expect(topUp.section.getByText("Leads carried over from yesterday are kept on the agent’s queue first, then new leads top up to the cap.")).toBeVisible();
    await topUp.run();
    await expect(topUp.line).toHaveText(outcome(String.raw`3 leads added across 1 agent\.`));
    company.addLeads(9, 3);
    company.sql("UPDATE users SET lead_cap = 5 WHERE lead_cap = 3");
    await topUp.run();
    await expect(topUp.line).toHaveText(outcome(String.raw`2 leads added across 1 agent, 7 still unassigned \(agents at cap\)\.`));
    await page.goto("/leads?status=2");
    for (const lead of ["Lead 1", "Lead 2", "Lead 3"]) await expect(page.getByRole("rowheader", { name: lead, exact: true })).toBeVisible();
    await expect(page.getByRole("row")).toHaveCount(6);
  });

  test("places that stay open are told", async ({ company, signedIn }) => {
    const topUp = await Section.of(await signedIn(company.addUser("Ada Admin", "Company Admin")), "Daily lead top-up");
    company.addUser("Agent 1", "Agent", 20);
    company.addLeads(5);
    await topUp.run();
    await expect(topUp.line).toHaveText(outcome(String.raw`5 leads added across 1 agent, 15 places still open \(no unassigned leads left\)\.`));
  });

  test("runs on the same day as assignment, after it", async ({ company, signedIn }) => {
    const page = await signedIn(company.addUser("Ada Admin", "Company Admin"));
    company.addUser("Agent 1", "Agent", 10);
    company.addLeads(4);
    const assignment = await AutoAssignment.open(page);
    const [topUp, at] = [assignment.beside("Daily lead top-up"), anHourFrom(company)];
    await expect(topUp.section.getByText("Auto-assignment and top-up can run on the same day. Auto-assignment redistributes stale leads; top-up refills queues. Most teams enable both, with top-up after assignment.")).toBeVisible();
    await assignment.run();
    await expect(assignment.line).toHaveText(outcome(String.raw`4 leads assigned across 1 agent\.`));
    putOn(company, 8, "id <= 2");
    company.addUser("Agent 2", "Agent", 3);
    company.addLeads(3, 4);
    for (const section of [assignment, topUp]) {
      await section.toggle.check();
      await section.time.fill(at);
    }
    await assignment.select("Not Picked");
    await assignment.store();
    await topUp.store();
    company.pass(until(company, at));
    // First the stale ones go to the other agent, then what is fresh fills both queues.
    await expect(assignment.line).toHaveText(outcome(String.raw`2 leads assigned across 1 agent\.`));
    await expect(topUp.line).toHaveText(outcome(String.raw`3 leads added across 2 agents, 6 places still open \(no unassigned leads left\)\.`));
    await topUp.panel.getByText("By agent").click();
    await expect(topUp.panel.getByRole("row", { name: /^Agent 2 2 1 0 3 \/ 3$/ })).toBeVisible();
  });
});
