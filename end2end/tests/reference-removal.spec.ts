import { expect, test } from "./company.ts";
import { AutoAssignment, Section } from "./configurations.ts";
import { DAY, MINUTE, anHourFrom, outcome, putOn, until } from "./reference.ts";

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
    await expect(removal.section.getByText("For housekeeping. Removes leads from agents’ queues if they’ve been sitting on a chosen status for too long.")).toBeVisible();
    await expect(removal.section.getByText("Time of day the job runs.")).toBeVisible();
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
    await expect(removal.section.getByText("Number of days a lead must have been on that status to qualify. Minimum 1.")).toBeVisible();
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
    await expect(removal.section.getByText("“Removal” here means the lead is unassigned (sent back to Unassigned) and becomes eligible for re-distribution. Lead data is not deleted.")).toBeVisible();
    await removal.run();
    await expect(removal.line).toHaveText(outcome(String.raw`1 lead returned to Unassigned from 1 agent\.`));
    await page.goto("/leads?status=1&owner=none");
    const row = page.getByRole("row", { name: /Lead 1 / });
    await expect(row).toContainText("+18725550000");
    await expect(row).toContainText("Unassigned");
    const again = await AutoAssignment.open(page);
    await again.run();
    await expect(again.line).toContainText("1 lead assigned across 1 agent.");
  });
});
