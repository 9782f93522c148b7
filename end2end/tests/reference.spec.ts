// One test for each thing that the reference text of Settings → Configurations says; README.md lists which sentence is
// whose. What it says of the dashboard, Reports, Customers and the user record is tested beside those pages.
import { type Company, expect, test } from "./company.ts";
import { AutoAssignment, PAGE, Section } from "./configurations.ts";

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

const outcome = (text: string) => new RegExp(`^Last run: \\d{4}-\\d\\d-\\d\\d \\d\\d:\\d\\d IST — ${text}$`);

/** How long it is from now to the next `time` of day in Kolkata, which never changes its clocks. */
function until(company: Company, time: string): number {
  const [hour, minute] = time.split(":").map(Number);
  const local = company.now() + 5.5 * HOUR;
  const ahead = Math.floor(local / DAY) * DAY + hour * HOUR + minute * MINUTE - local;
  return ahead > 0 ? ahead : ahead + DAY;
}

/** The time of day in Kolkata that comes an hour from now or later, to the minute. */
function anHourFrom(company: Company): string {
  return new Date(company.now() + 5.5 * HOUR + HOUR + MINUTE).toISOString().slice(11, 16);
}

/** Puts leads on a status, as their agents would over time. */
function putOn(company: Company, status: number, leads: string) {
  const now = company.now();
  company.sql(`INSERT INTO lead_events (lead_id, at, actor_id, from_status_id, to_status_id, from_owner_id, to_owner_id, why)
               SELECT id, ${now}, owner_id, status_id, ${status}, owner_id, owner_id, 'Called' FROM leads WHERE ${leads};
               UPDATE leads SET status_id = ${status}, status_since = ${now}, version = version + 1 WHERE ${leads}`);
}

test.describe("the tab", () => {
  test("has an address of its own and controls the flow of leads, the target and the clean-up", async ({ company, signedIn }) => {
    const page = await signedIn(company.addUser("Ada Admin", "Company Admin"));
    await page.goto("/settings?tab=general");
    await page.getByRole("navigation", { name: "Settings" }).getByRole("link", { name: "Configurations" }).click();
    await expect(page).toHaveURL(PAGE);
    await expect(page.getByText("how leads flow to agents each day, the daily call target, and when stale leads are cleaned up")).toBeVisible();
    await expect(page.getByRole("heading", { level: 2 })).toHaveText([
      "Daily call target",
      "Show customer to",
      "Auto lead assignment",
      "Daily lead top-up",
      "Auto removal",
    ]);
  });

  test("each section is saved only with the password", async ({ company, signedIn }) => {
    const page = await signedIn(company.addUser("Ada Admin", "Company Admin"));
    const target = await Section.of(page, "Daily call target");
    await target.field("Daily call target").fill("55");
    await target.save("");
    await expect(target.section.getByText("That isn't your password. Nothing was saved.")).toBeVisible();
    await expect(page.getByText("Each section asks for your password when you save it")).toBeVisible();
    const fresh = await Section.of(await signedIn("ada.admin@example.com"), "Daily call target");
    await expect(fresh.field("Daily call target")).toHaveValue("100");
    const without = await signedIn("ada.admin@example.com", { javaScriptEnabled: false });
    await without.goto(PAGE);
    await expect(without.getByLabel("Your password")).toHaveCount(5);
    await expect(without.getByRole("button", { name: "Save" })).toHaveCount(5);
  });

  test("says that its settings reach every agent's queue and shouldn't change by accident", async ({ company, signedIn }) => {
    const page = await signedIn(company.addUser("Ada Admin", "Company Admin"));
    await page.goto(PAGE);
    await expect(page.getByText("these settings reach every agent's queue and shouldn't change by accident")).toBeVisible();
  });
});

test("Daily call target: the number of calls each agent is expected to make per day", async ({ company, signedIn }) => {
  const target = await Section.of(await signedIn(company.addUser("Ada Admin", "Company Admin")), "Daily call target");
  await expect(target.section.getByText("The number of calls each agent is expected to make per day.")).toBeVisible();
  await target.field("Daily call target").fill("80");
  await expect(target.section.locator(".changes li")).toHaveText("Daily call target: 100 → 80");
  await target.store();
});

test("Show customer to: All and Agent Only are the two choices", async ({ company, signedIn }) => {
  const section = await Section.of(await signedIn(company.addUser("Ada Admin", "Company Admin")), "Show customer to");
  await expect(section.section.getByText("Who can see the Customers page")).toBeVisible();
  await expect(section.section.getByRole("radio")).toHaveCount(2);
  await expect(section.section.getByText("Every user with the management permission sees every customer.")).toBeVisible();
  await expect(section.section.getByText("Agents only see customers whose original lead was assigned to them.")).toBeVisible();
  await expect(section.section.getByText("Pick Agent Only if agents are to focus on their own conversions")).toBeVisible();
});

test.describe("Auto lead assignment", () => {
  test("redistributes leads on a schedule: it runs at Reassign at, in the company's timezone", async ({ company, signedIn }) => {
    const page = await signedIn(company.addUser("Ada Admin", "Company Admin"));
    company.addUser("Agent 1", "Agent", 50);
    company.addLeads(10);
    const section = await AutoAssignment.open(page);
    const at = anHourFrom(company);
    await section.time.fill(at);
    await expect(section.nextRun).toHaveText("Next run: none while it is switched off.");
    await section.enable();
    await expect(section.nextRun).toContainText(new RegExp(`${at} IST in (1 h|59 min)`));
    company.pass(until(company, at));
    await expect(section.line).toHaveText(outcome(String.raw`10 leads assigned across 1 agent\.`));
    await expect(section.line).toContainText(`${at} IST`);
  });

  test("Reassign at follows the company's timezone", async ({ company, signedIn }) => {
    const page = await signedIn(company.addUser("Ada Admin", "Company Admin"));
    const section = await AutoAssignment.open(page);
    await expect(section.section.getByText("In your company's timezone, Asia/Kolkata. Pick a time before your agents start their day.")).toBeVisible();
    await section.enable();
    await expect(section.nextRun).toContainText("09:00 IST");
    const general = await Section.of(page, "Company", true, "/settings?tab=general");
    await general.field("Time zone").fill("America/New_York");
    await general.store();
    const moved = await AutoAssignment.open(page);
    await expect(moved.nextRun).toContainText(/09:00 E[SD]T/);
    await expect(moved.section.getByText("In your company's timezone, America/New_York.")).toBeVisible();
  });

  test("Auto-reassign leads with status: leads on any of the selected statuses are eligible, and no others", async ({ company, signedIn }) => {
    const page = await signedIn(company.addUser("Ada Admin", "Company Admin"));
    company.addUser("Agent 1", "Agent", 50);
    company.addLeads(12);
    const section = await AutoAssignment.open(page);
    await section.enable();
    await section.run();
    await expect(section.line).toHaveText(outcome(String.raw`12 leads assigned across 1 agent\.`));
    company.addUser("Agent 2", "Agent", 50);
    putOn(company, 7, "id <= 3");
    putOn(company, 8, "id IN (4, 5)");
    putOn(company, 9, "id IN (6)");
    await section.select("Busy", "Missed");
    await section.store();
    await section.run();
    await expect(section.line).toHaveText(outcome(String.raw`4 leads assigned across 1 agent\.`));
    await page.goto("/leads?status=8");
    await expect(page.getByRole("row")).toHaveCount(3);
    expect(company.run(["check"])).not.toContain("BROKEN");
  });

  test("typically: Unassigned, Not Picked, Missed; in the pipeline's order, and Customer is never offered", async ({ company, signedIn }) => {
    const section = await AutoAssignment.open(await signedIn(company.addUser("Ada Admin", "Company Admin")));
    await expect(section.section.getByText("Typically: Unassigned, Not Picked, Missed.")).toBeVisible();
    const group = section.section.getByRole("group", { name: "Auto-reassign leads with status" });
    const names = ["Unassigned", "Assigned", "Followups", "Interested", "Not Interested", "Busy", "Not Picked", "Missed", "Wrong Number"];
    await expect(group.getByRole("checkbox")).toHaveCount(names.length);
    await expect(group.locator(".option")).toHaveText(names);
    for (const name of names) {
      await expect(section.status(name)).toBeChecked({ checked: ["Unassigned", "Not Picked", "Missed"].includes(name) });
    }
    await section.status("Unassigned").focus();
    await section.page.keyboard.press("Tab");
    await section.page.keyboard.press("Space");
    await expect(section.status("Assigned")).toBeChecked();
  });

  test("Run Now triggers the job immediately, on or off, and the panel shows the outcome", async ({ company, signedIn }) => {
    const section = await AutoAssignment.open(await signedIn(company.addUser("Ada Admin", "Company Admin")));
    for (let n = 1; n <= 6; n++) company.addUser(`Agent ${n}`, "Agent", 7);
    company.addLeads(45);
    await expect(section.toggle).not.toBeChecked();
    await section.runNow.click();
    await expect(section.question).toContainText("42 leads would move to 6 agents, 3 would stay unassigned (agents at cap).");
    await section.question.getByRole("button", { name: "Run Now" }).click();
    await expect(section.line).toHaveText(outcome(String.raw`42 leads assigned across 6 agents, 3 unassigned \(agents at cap\)\.`));
  });

  test("agents at cap: more leads were eligible, but every agent already had their lead cap worth of leads", async ({ company, signedIn }) => {
    const section = await AutoAssignment.open(await signedIn(company.addUser("Ada Admin", "Company Admin")));
    for (const [n, cap] of [2, 3].entries()) company.addUser(`Agent ${n + 1}`, "Agent", cap);
    company.addLeads(6);
    await section.run();
    await expect(section.line).toHaveText(outcome(String.raw`5 leads assigned across 2 agents, 1 unassigned \(agents at cap\)\.`));
    await expect(section.panel.getByText("every agent already had their lead cap worth of leads. Raise the cap in the user record to distribute more.")).toBeVisible();
    await section.panel.getByText("By agent").click();
    await expect(section.panel.getByRole("row", { name: "Agent 1 0 2 0 2 / 2" })).toBeVisible();
    await expect(section.panel.getByRole("row", { name: "Agent 2 0 3 0 3 / 3" })).toBeVisible();
  });
});

test.describe("Daily lead top-up", () => {
  test("runs every morning at Top-up at and fills each queue up to the lead cap with unassigned leads", async ({ company, signedIn }) => {
    const page = await signedIn(company.addUser("Ada Admin", "Company Admin"));
    company.addUser("Agent 1", "Agent", 4);
    company.addUser("Agent 2", "Agent", 6);
    company.addLeads(30);
    const topUp = await Section.of(page, "Daily lead top-up");
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
    await expect(topUp.section.getByText("Most teams switch on both, with top-up after assignment: assignment redistributes stale leads, top-up refills the queues.")).toBeVisible();
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

test.describe("Auto removal", () => {
  test("takes leads off queues that have sat on a chosen status for too long, at Remove at", async ({ company, signedIn }) => {
    const page = await signedIn(company.addUser("Ada Admin", "Company Admin"));
    for (const n of [1, 2]) company.addUser(`Agent ${n}`, "Agent", 5);
    company.addLeads(10);
    const assignment = await AutoAssignment.open(page);
    await assignment.run();
    await expect(assignment.line).toContainText("10 leads assigned across 2 agents.");
    putOn(company, 9, "id <= 4");
    putOn(company, 7, "id = 5");
    const removal = assignment.beside("Auto removal");
    await removal.select("Missed");
    await removal.field("After days").fill("1");
    const at = anHourFrom(company);
    await removal.time.fill(at);
    await removal.toggle.check();
    await removal.store();
    company.pass(until(company, at));
    await expect(removal.line).toHaveText(outcome(String.raw`no leads were eligible\.`));
    company.pass(DAY);
    const nextDay = await Section.of(await signedIn("ada.admin@example.com"), "Auto removal");
    await expect(nextDay.line).toHaveText(outcome(String.raw`4 leads returned to Unassigned from 2 agents\.`));
    await expect(nextDay.line).toContainText(`${at} IST`);
    expect(company.run(["check"])).not.toContain("BROKEN");
  });

  test("Auto remove leads with status: several can be selected, but neither Unassigned nor Customer", async ({ company, signedIn }) => {
    const removal = await Section.of(await signedIn(company.addUser("Ada Admin", "Company Admin")), "Auto removal");
    const group = removal.section.getByRole("group", { name: "Auto remove leads with status" });
    await expect(group.locator(".option")).toHaveText(["Assigned", "Followups", "Interested", "Not Interested", "Busy", "Not Picked", "Missed", "Wrong Number"]);
    await removal.select("Busy", "Wrong Number");
    await expect(removal.section.locator(".changes li")).toHaveText("Auto remove leads with status: Not Picked, Missed → Busy, Wrong Number");
    await removal.store();
  });

  test("After days: as long as that on the status, and at least 1", async ({ company, signedIn }) => {
    const page = await signedIn(company.addUser("Ada Admin", "Company Admin"));
    company.addUser("Agent 1", "Agent", 5);
    company.addLeads(2);
    const assignment = await AutoAssignment.open(page);
    await assignment.run();
    await expect(assignment.line).toContainText("2 leads assigned");
    putOn(company, 9, "id = 1");
    const removal = assignment.beside("Auto removal");
    await expect(removal.section.getByText("Minimum 1.")).toBeVisible();
    await removal.field("After days").fill("0");
    await removal.save();
    await expect(removal.section.getByText("After days is a whole number from 1 to 365.")).toBeVisible();
    await removal.field("After days").fill("2");
    await removal.store();
    const email = "ada.admin@example.com";
    company.pass(2 * DAY - 10 * MINUTE);
    const almost = await Section.of(await signedIn(email), "Auto removal");
    await almost.run();
    await expect(almost.line).toHaveText(outcome(String.raw`no leads were eligible\.`));
    company.pass(10 * MINUTE);
    await almost.run();
    await expect(almost.line).toHaveText(outcome(String.raw`1 lead returned to Unassigned from 1 agent\.`));
  });

  test("a removed lead is Unassigned, can be given out again, and none of its data is lost", async ({ company, signedIn }) => {
    const page = await signedIn(company.addUser("Ada Admin", "Company Admin"));
    company.addUser("Agent 1", "Agent", 5);
    company.addLeads(1);
    const assignment = await AutoAssignment.open(page);
    await assignment.run();
    await expect(assignment.line).toContainText("1 lead assigned");
    putOn(company, 9, "id = 1");
    company.sql("UPDATE leads SET status_since = 1 WHERE id = 1");
    const removal = assignment.beside("Auto removal");
    await removal.run();
    await expect(removal.line).toHaveText(outcome(String.raw`1 lead returned to Unassigned from 1 agent\.`));
    await page.goto("/leads?status=1&owner=none");
    const row = page.getByRole("row", { name: /^Lead 1 / });
    await expect(row).toContainText("+18725550000");
    await expect(row).toContainText("Unassigned");
    const again = await AutoAssignment.open(page);
    await again.run();
    await expect(again.line).toContainText("1 lead assigned across 1 agent.");
  });
});
