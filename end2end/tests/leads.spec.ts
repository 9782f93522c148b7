import { expect, test } from "./company.ts";

for (const javaScriptEnabled of [true, false]) {
  test(`the list is filtered and paged in the address, JavaScript ${javaScriptEnabled ? "on" : "off"}`, async ({ company, signedIn }) => {
    const manager = company.addUser("Mo Manager", "Manager");
    company.addUser("Agent 1", "Agent", 50);
    company.addLeads(120);
    const page = await signedIn(manager, { javaScriptEnabled });
    await page.goto("/leads");
    await expect(page.getByRole("row")).toHaveCount(51);
    await expect(page.getByRole("rowheader").first()).toHaveText("Lead 120");
    await page.getByRole("link", { name: "Next page" }).click();
    await expect(page.getByRole("rowheader").first()).toHaveText("Lead 70");
    await page.getByRole("link", { name: "Next page" }).click();
    await expect(page.getByRole("row")).toHaveCount(21);
    await expect(page.getByRole("link", { name: "Next page" })).toHaveCount(0);
    await page.getByRole("link", { name: "First page" }).click();
    await page.getByLabel("Owner").selectOption("Nobody (unassigned)");
    await page.getByLabel("Status").selectOption("Missed");
    await page.getByRole("button", { name: "Filter" }).click();
    await expect(page).toHaveURL(/\/leads\?status=9&owner=none/);
    await expect(page.getByRole("heading", { name: "No leads match these filters" })).toBeVisible();
    await page.getByRole("link", { name: "show all leads" }).click();
    await expect(page.getByRole("row")).toHaveCount(51);
  });
}

test("an agent sees what is theirs, and no settings", async ({ company, signedIn }) => {
  company.addLeads(3);
  const page = await signedIn(company.addUser("Agent 1", "Agent", 50));
  await expect(page.getByRole("heading", { name: "No leads on your name" })).toBeVisible();
  await expect(page.getByRole("link", { name: "Settings" })).toHaveCount(0);
  await page.goto("/settings?tab=configurations");
  await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
  await expect(page.getByRole("button", { name: "Save" })).toHaveCount(0);
});
