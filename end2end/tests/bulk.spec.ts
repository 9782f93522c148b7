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
    if (javaScriptEnabled) await expect(bar(page).locator("summary")).toHaveText("Agents to assign to: Asha");
    await bar(page).getByRole("button", { name: "Assign" }).click();
    await expect(page.getByText("1 lead assigned to 1 agent, 3 left where they were: Asha is at their lead cap.")).toBeVisible();
    await expect(owners(page).filter({ hasText: "Asha" })).toHaveCount(1);
    for (const n of [1, 2, 3, 4, 5]) await page.getByRole("checkbox", { name: `Choose Lead ${n}` }).check();
    await bar(page).locator("summary").click();
    await expect(bar(page).getByRole("checkbox", { name: /^Asha/ }), "nobody is meant unasked").not.toBeChecked();
    for (const name of [/^Asha/, /^Ravi/]) await bar(page).getByRole("checkbox", { name }).check();
    await bar(page).getByRole("button", { name: "Assign" }).click();
    await expect(page.getByText("4 leads assigned to 1 agent, 1 was theirs already. Asha is at their lead cap.")).toBeVisible();
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
      const every = page.getByRole("checkbox", { name: "Choose all leads on this page" });
      await every.check();
      await bar(page).getByRole("button", { name: "Choose none" }).click();
      await expect(every, "the bar went, the focus stays where one chooses").toBeFocused();
      await every.check();
    }
    await bar(page).getByRole("checkbox", { name: "All 120 leads that match" }).check();
    if (javaScriptEnabled) {
      await bar(page).getByRole("button", { name: "Set status" }).click();
      await expect(bar(page).getByText("Choose a status from the list."), "before anything is asked").toBeVisible();
    }
    await bar(page).getByLabel("Status to set").selectOption("Customer");
    await bar(page).getByRole("button", { name: "Set status" }).click();
    if (javaScriptEnabled) {
      const question = page.getByRole("dialog", { name: "All 120 leads that match: put them on Customer?" });
      await question.getByRole("button", { name: "Cancel" }).click();
      await expect(question).toBeHidden();
      await bar(page).getByRole("button", { name: "Set status" }).click();
      await question.getByRole("button", { name: "Change them" }).click();
    }
    await expect(page.getByText("120 leads put on Customer.")).toBeVisible();
    await page.goto("/leads?status=4");
    await expect(page.getByText("120 leads match")).toBeVisible();
  });

  test(`what changed since the list was read is left alone, JavaScript ${javaScriptEnabled ? "on" : "off"}`, async ({ company, signedIn }) => {
    const manager = company.addUser("Mo Manager", "Manager");
    company.addLeads(3);
    const page = await signedIn(manager, { javaScriptEnabled });
    await page.goto("/leads");
    if (javaScriptEnabled) await expect(page.locator("html[data-hydrated]")).toBeAttached();
    for (const n of [1, 2, 3]) await page.getByRole("checkbox", { name: `Choose Lead ${n}` }).check();
    company.sql("UPDATE leads SET version = version + 1 WHERE id = 2");
    await bar(page).getByLabel("Status to set").selectOption("Customer");
    await bar(page).getByRole("button", { name: "Set status" }).click();
    await expect(page.getByText("2 leads put on Customer. 1 changed meanwhile and was left as it is.")).toBeVisible();
    expect(company.run(["check"])).not.toContain("BROKEN");

    await page.goto("/leads");
    if (javaScriptEnabled) await expect(page.locator("html[data-hydrated]")).toBeAttached();
    await page.getByRole("checkbox", { name: "Choose Lead 2" }).check();
    await bar(page).getByRole("checkbox", { name: "All 3 leads that match" }).check();
    await bar(page).getByLabel("Status to set").selectOption("Customer");
    company.addLeads(1, 10);
    await bar(page).getByRole("button", { name: "Set status" }).click();
    if (javaScriptEnabled) await page.getByRole("dialog").getByRole("button", { name: "Change them" }).click();
    await expect(page.getByText("Now 4 leads match, not 3: look at them again. Nothing was changed.")).toBeVisible();
    const all = bar(page).getByRole("checkbox", { name: "All 4 leads that match" });
    await expect(all, "what was chosen stays, and what matches now is shown").toBeChecked();
    await expect(page.getByRole("checkbox", { name: "Choose Lead 11" })).toBeVisible();
    await bar(page).getByRole("button", { name: "Set status" }).click();
    if (javaScriptEnabled) await page.getByRole("dialog").getByRole("button", { name: "Change them" }).click();
    await expect(page.getByText("2 leads put on Customer, 2 there already.")).toBeVisible();
  });

  test(`as many other leads as were shown are not changed, JavaScript ${javaScriptEnabled ? "on" : "off"}`, async ({ company, signedIn }) => {
    const manager = company.addUser("Mo Manager", "Manager");
    company.addLeads(6);
    company.sql("UPDATE leads SET source = 'Fair' WHERE id <= 3");
    const page = await signedIn(manager, { javaScriptEnabled });
    await page.goto("/leads?source=Fair");
    if (javaScriptEnabled) await expect(page.locator("html[data-hydrated]")).toBeAttached();
    if (javaScriptEnabled) await page.getByRole("checkbox", { name: "Choose Lead 3" }).check();
    company.sql("UPDATE leads SET source = CASE WHEN id IN (2, 3, 4) THEN 'Fair' ELSE 'Elsewhere' END");
    await bar(page).getByRole("checkbox", { name: "All 3 leads that match" }).check();
    await bar(page).getByLabel("Status to set").selectOption("Customer");
    await bar(page).getByRole("button", { name: "Set status" }).click();
    if (javaScriptEnabled) await page.getByRole("dialog").getByRole("button", { name: "Change them" }).click();
    await expect(bar(page).getByText("Still 3 leads match, but not the same as were shown")).toBeVisible();
    await expect(page.getByRole("checkbox", { name: "Choose Lead 4" })).toBeVisible();
    await page.goto("/leads?status=4");
    await expect(page.getByText("0 leads match"), "nobody became a customer").toBeVisible();
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

  test(`one lead is moved from its page, and a customer is one no more, JavaScript ${javaScriptEnabled ? "on" : "off"}`, async ({ company, signedIn }) => {
    const manager = company.addUser("Mo Manager", "Manager");
    company.addUser("Asha", "Agent", 1);
    company.addUser("Ravi", "Agent", 0);
    company.addUser("Lena", "Agent", 5);
    company.sql("UPDATE users SET receiving = NOT receiving WHERE name = 'Lena'");
    company.addLeads(1);
    const page = await signedIn(manager, { javaScriptEnabled });
    const opened = async () => {
      if (javaScriptEnabled) await expect(page.locator("html[data-hydrated]")).toBeAttached();
    };
    const card = page.getByRole("region", { name: "Owner and status" });
    await page.goto("/leads/1");
    await opened();
    await expect(card.getByText("Owned by nobody.")).toBeVisible();
    const agents = card.getByLabel("Agent to assign to");
    await expect(agents.getByRole("option"), "who is on leave is left out").toHaveText(["Agent…", "Asha (0 of 1)", "Ravi (0 of 0)"]);
    await card.getByRole("button", { name: "Assign" }).click();
    await expect(card.getByText("Choose one agent or several who receive leads.")).toBeVisible();
    await agents.selectOption("Ravi (0 of 0)");
    await card.getByRole("button", { name: "Assign" }).click();
    await expect(card.getByText("No lead was assigned, 1 left where it was: Ravi is at their lead cap.")).toBeVisible();
    await agents.selectOption("Asha (0 of 1)");
    await card.getByRole("button", { name: "Assign" }).click();
    await expect(card.getByText("1 lead assigned to 1 agent.")).toBeVisible();
    await expect(page.getByText("Owner: nobody → Asha")).toBeVisible();
    await expect(card.getByText("Owned by Asha.")).toBeVisible();
    await card.getByLabel("Status to set").selectOption("Customer");
    await card.getByRole("button", { name: "Set status" }).click();
    await expect(card.getByText("1 lead put on Customer.")).toBeVisible();

    await page.goto("/customers/1");
    await opened();
    await expect(page.getByText("Status: Assigned → Customer")).toBeVisible();
    await card.getByLabel("Status to set").selectOption("Interested");
    await card.getByRole("button", { name: "Set status" }).click();
    await expect(page).toHaveURL(/\/leads\/1\?changed=/);
    await expect(card.getByText("1 lead put on Interested.")).toBeVisible();
    await expect(page.getByText("Status: Customer → Interested")).toBeVisible();
    expect((await page.goto("/customers/1"))!.status()).toBe(404);
    expect(company.run(["check"])).not.toContain("BROKEN");
  });
}

test("more leads than the list counts are counted before they are changed", async ({ company, signedIn }) => {
  const manager = company.addUser("Mo Manager", "Manager");
  company.addLeads(10_050);
  const page = await signedIn(manager);
  await page.goto("/leads?q=lead");
  await expect(page.locator("html[data-hydrated]")).toBeAttached();
  await expect(page.getByText("More than 10,000 leads match")).toBeVisible();
  await page.getByRole("checkbox", { name: "Choose Lead 10050" }).check();
  await bar(page).getByRole("checkbox", { name: "All 10,050 leads that match" }).check();
  await expect(bar(page).getByRole("status")).toHaveText("All 10,050 leads that match");
  await bar(page).getByLabel("Status to set").selectOption("Interested");
  await bar(page).getByRole("button", { name: "Set status" }).click();
  await expect(page.getByRole("dialog")).toContainText("All 10,050 leads that match: put them on Interested?");
  await page.getByRole("button", { name: "Cancel" }).click();
  await expect(page.getByRole("dialog")).toBeHidden();
});
