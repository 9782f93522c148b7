import { expect, test } from "./company.ts";
import { AutoAssignment } from "./configurations.ts";

test("two servers, Run Now on both at once: one run, seen on both", async ({ company, signedIn }) => {
  const admin = company.addUser("Ada Admin", "Company Admin");
  company.addUser("Agent 1", "Agent", 600);
  company.addLeads(600);
  // The run of who is first is still under way when the other's request comes.
  company.slowDown();
  const sites = [await company.serve(), await company.serve()];
  const tabs = await Promise.all(sites.map(async (site) => AutoAssignment.open(await signedIn(admin, {}, site))));
  await tabs[0].enable();
  await expect(tabs[1].toggle).toBeChecked();
  for (const tab of tabs) {
    await tab.runNow.click();
    await expect(tab.page.getByRole("dialog")).toContainText("600 leads would move");
  }
  await Promise.all(tabs.map((tab) => tab.page.getByRole("dialog").getByRole("button", { name: "Run Now" }).click()));
  for (const tab of tabs) await expect(tab.line).toContainText("600 leads assigned across 1 agent.");
  const report = JSON.parse(company.run(["run", "auto-assignment", "--json"]));
  expect(report.assigned, "nothing was left for another run").toBe(0);
  expect(company.run(["check"])).not.toContain("BROKEN");
});
