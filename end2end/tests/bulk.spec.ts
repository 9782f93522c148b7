import { expect, type Page, test } from "./company.ts";

/** The bar below the list, for the leads that are chosen. */
const bar = (page: Page) => page.getByRole("form", { name: "Change the chosen leads" });

const owners = (page: Page) => page.locator("tbody td[data-column=owner]");

for (const javaScriptEnabled of [true, false]) {
  test(`leads that are ticked are assigned, and no agent ends above the cap, JavaScript ${javaScriptEnabled ? "on" : "off"}`, async ({ company, signedIn }) => {
    const manager = company.addUser("Mo Manager", "Manager");
    company.addUser("Asha", "Agent", 1);
    company.addUser("Ravi", "Agent", 50);
    company.addLeads(5);
    const page = await signedIn(manager, { javaScriptEnabled });
    await page.goto("/leads");
    if (javaScriptEnabled) {
      await expect(page.locator("html[data-hydrated]")).toBeAttached();
      await expect(bar(page)).toBeHidden();
    }
    for (const n of [2, 3, 4, 5]) await page.getByRole("checkbox", { name: `Choose Lead ${n}` }).check();
    if (javaScriptEnabled) await expect(bar(page).getByText("4 leads chosen")).toBeVisible();
    await bar(page).locator("summary").click();
    await bar(page).getByRole("checkbox", { name: /^Asha/ }).check();
    await bar(page).getByRole("button", { name: "Assign" }).click();
    await expect(page.getByText("1 lead assigned to 1 agent, 3 left where they were since the agents are at their lead cap.")).toBeVisible();
    await expect(owners(page).filter({ hasText: "Asha" })).toHaveCount(1);
    for (const n of [1, 2, 3, 4, 5]) await page.getByRole("checkbox", { name: `Choose Lead ${n}` }).check();
    await bar(page).locator("summary").click();
    for (const name of [/^Asha/, /^Ravi/]) await bar(page).getByRole("checkbox", { name }).check();
    await bar(page).getByRole("button", { name: "Assign" }).click();
    await expect(page.getByText("4 leads assigned to 1 agent, 1 was theirs already.")).toBeVisible();
    await expect(owners(page).filter({ hasText: "Ravi" })).toHaveCount(4);
    expect(company.run(["check"])).not.toContain("BROKEN");
  });

  test(`all that match are put on a status, those on other pages too, JavaScript ${javaScriptEnabled ? "on" : "off"}`, async ({ company, signedIn }) => {
    const manager = company.addUser("Mo Manager", "Manager");
    company.addLeads(120);
    const page = await signedIn(manager, { javaScriptEnabled });
    await page.goto("/leads?status=1");
    if (javaScriptEnabled) {
      await expect(page.locator("html[data-hydrated]")).toBeAttached();
      await page.getByRole("checkbox", { name: "Choose all leads on this page" }).check();
    }
    await bar(page).getByRole("checkbox", { name: "All 120 leads that match" }).check();
    await bar(page).getByLabel("Status to set").selectOption("Customer");
    await bar(page).getByRole("button", { name: "Set status" }).click();
    if (javaScriptEnabled) {
      const question = page.getByRole("dialog", { name: "All 120 leads that match: set their status?" });
      await question.getByRole("button", { name: "Cancel" }).click();
      await expect(question).toBeHidden();
      await bar(page).getByRole("button", { name: "Set status" }).click();
      await question.getByRole("button", { name: "Change them" }).click();
    }
    await expect(page.getByText("120 leads put on Customer.")).toBeVisible();
    await page.goto("/leads?status=4");
    await expect(page.getByText("120 leads match")).toBeVisible();
  });

  test(`what is missing is said, JavaScript ${javaScriptEnabled ? "on" : "off"}`, async ({ company, signedIn }) => {
    const manager = company.addUser("Mo Manager", "Manager");
    company.addLeads(2);
    const page = await signedIn(manager, { javaScriptEnabled });
    await page.goto("/leads");
    if (javaScriptEnabled) await expect(page.locator("html[data-hydrated]")).toBeAttached();
    await page.getByRole("checkbox", { name: "Choose Lead 2" }).check();
    await bar(page).getByRole("button", { name: "Assign" }).click();
    await expect(bar(page).getByText("Choose one agent or several who receive leads.")).toBeVisible();
    await page.getByRole("checkbox", { name: "Choose Lead 1" }).check();
    await bar(page).getByRole("button", { name: "Set status" }).click();
    await expect(bar(page).getByText("Choose a status from the list.")).toBeVisible();
  });
}
