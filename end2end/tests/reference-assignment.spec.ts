import { expect, test } from "./company.ts";
import { AutoAssignment, Section } from "./configurations.ts";
import { anHourFrom, outcome, putOn, until } from "./reference.ts";

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
    await expect(section.section.getByText("Time of day (in your company timezone) the job runs. Pick a time before your agents start their day.")).toBeVisible();
    await expect(section.section.getByText("Asia/Kolkata")).toBeVisible();
    await section.enable();
    await expect(section.nextRun).toContainText("09:00 IST");
    const general = await Section.of(await signedIn("ada.admin@example.com"), "Company", true, "/settings?tab=general");
    await general.field("Time zone").fill("America/New_York");
    await general.field("Company name").fill("Tele & Sons");
    await general.store();
    // On the page that was open all the while.
    await expect(section.nextRun).toContainText(/09:00 E[SD]T/);
    await expect(section.section.getByText("America/New_York")).toBeVisible();
    await expect(page.locator(".sidebar > .brand")).toHaveText("Calliyo Tele & Sons");
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
    await expect(section.section.getByText("Calliyo can automatically redistribute leads to agents on a schedule. Enable the toggle and configure:")).toBeVisible();
    await expect(section.section.getByText("Leads on any of these statuses become eligible for reassignment. Typically: Unassigned, Not Picked, Missed.")).toBeVisible();
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
    await expect(section.panel.getByText("Click Run Now to trigger the job immediately.")).toBeVisible();
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
    await expect(section.panel.getByText("“Agents at cap” means more leads were eligible but every agent already had their Lead cap worth of leads. Raise the cap (in the user record) to distribute more.")).toBeVisible();
    await section.panel.getByText("By agent").click();
    await expect(section.panel.getByRole("row", { name: "Agent 1 0 2 0 2 / 2" })).toBeVisible();
    await expect(section.panel.getByRole("row", { name: "Agent 2 0 3 0 3 / 3" })).toBeVisible();
  });
});
