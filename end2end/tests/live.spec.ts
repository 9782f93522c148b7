import { expect, test } from "./company.ts";
import { AutoAssignment } from "./configurations.ts";

test("what one saves or runs shows in the other's open tab", async ({ company, signedIn }) => {
  const ada = await AutoAssignment.open(await signedIn(company.addUser("Ada Admin", "Company Admin")));
  const bo = await AutoAssignment.open(await signedIn(company.addUser("Bo Boss", "Company Admin")));
  company.addUser("Agent 1", "Agent", 50);
  company.addLeads(10);
  await ada.time.fill("06:45");
  await ada.enable();
  await expect(bo.time).toHaveValue("06:45");
  await expect(bo.toggle).toBeChecked();
  await ada.run();
  await expect(ada.line).toContainText("10 leads assigned across 1 agent.");
  await expect(bo.line).toContainText("10 leads assigned across 1 agent.");
});

test("a form with unsaved changes is told, not overwritten", async ({ company, signedIn }) => {
  const ada = await AutoAssignment.open(await signedIn(company.addUser("Ada Admin", "Company Admin")));
  const bo = await AutoAssignment.open(await signedIn(company.addUser("Bo Boss", "Company Admin")));
  await bo.time.fill("05:00");
  await ada.time.fill("06:45");
  await ada.save();
  await expect(bo.section.getByText(/^Ada Admin saved this section at/)).toBeVisible();
  await expect(bo.time).toHaveValue("05:00");
  await bo.section.getByRole("button", { name: "Show their settings" }).click();
  await expect(bo.time).toHaveValue("06:45");
});

test("a leads list that is open says that leads have changed", async ({ company, signedIn }) => {
  const ada = await AutoAssignment.open(await signedIn(company.addUser("Ada Admin", "Company Admin")));
  const manager = await signedIn(company.addUser("Mo Manager", "Manager"));
  company.addUser("Agent 1", "Agent", 50);
  company.addLeads(10);
  await ada.enable();
  await manager.goto("/leads");
  await expect(manager.getByRole("cell", { name: "Nobody" })).toHaveCount(10);
  await ada.run();
  await manager.getByRole("button", { name: "Refresh" }).press("Enter");
  await expect(manager.getByRole("cell", { name: "Agent 1" })).toHaveCount(10);
  await expect(manager.locator(".list-hint")).toBeFocused();
});
