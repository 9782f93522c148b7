import { expect, test } from "./company.ts";

for (const javaScriptEnabled of [true, false]) {
  const scripts = `JavaScript ${javaScriptEnabled ? "on" : "off"}`;

  test(`a lead is added by hand, ${scripts}`, async ({ company, signedIn }) => {
    const manager = company.addUser("Mo Manager", "Manager");
    company.addUser("Agent 1", "Agent", 5);
    company.addUser("Agent 2", "Agent", 0);
    const page = await signedIn(manager, { javaScriptEnabled });
    await page.goto("/leads");
    await page.getByRole("link", { name: "Add a lead" }).click();
    await expect(page.getByRole("heading", { name: "Add a lead" })).toBeVisible();
    if (javaScriptEnabled) await expect(page.locator("html[data-hydrated]")).toBeAttached();
    await expect(page.getByLabel("Source")).toHaveValue("Added by hand");
    await expect(page.getByLabel("Owner").getByRole("option")).toHaveText(["Nobody (unassigned)", "Agent 1 (0 of 5)"]);
    await page.getByLabel("Last name").fill("Rao");
    await page.getByLabel("Phone").fill("98765 43210");
    await page.getByLabel("Email").fill("asha");
    await page.getByRole("button", { name: "Add the lead" }).click();
    await expect(page.getByText("The first name is required.")).toBeVisible();
    await expect(page.getByLabel("First name")).toHaveAccessibleDescription(/required/);
    await expect(page.getByLabel("Email")).toHaveAccessibleDescription(/must look like name@example\.com/);
    await expect(page.locator("[aria-invalid=true]")).toHaveCount(2);
    if (javaScriptEnabled) await expect(page.getByLabel("First name")).toBeFocused();
    await expect(page.getByLabel("Last name")).toHaveValue("Rao");
    await page.getByLabel("Email").fill("asha@example.com");
    await page.getByLabel("First name").fill("Asha");
    await page.getByLabel("Tags").fill("web; hot");
    await page.getByLabel("Owner").selectOption("Agent 1 (0 of 5)");
    await page.getByRole("button", { name: "Add the lead" }).click();
    await expect(page).toHaveURL(/\/leads\/1\?done=added$/);
    await expect(page.getByRole("heading", { name: "Asha Rao" })).toBeVisible();
    await expect(page.getByText("The lead was added.")).toBeVisible();
    await expect(page.getByText("Came in as Unassigned")).toBeVisible();
    await expect(page.getByRole("link", { name: "Call +919876543210" })).toBeVisible();

    await page.goto("/leads/new");
    if (javaScriptEnabled) await expect(page.locator("html[data-hydrated]")).toBeAttached();
    await page.getByLabel("First name").fill("Twin");
    await page.getByLabel("Phone").fill("+91 98765 43210");
    await page.getByRole("button", { name: "Add the lead" }).click();
    await expect(page.getByLabel("Phone")).toHaveAccessibleDescription(/Asha Rao has this phone already\./);
    await expect(page.getByLabel("First name")).toHaveValue("Twin");
    page.once("dialog", (dialog) => dialog.accept());
    await page.getByRole("link", { name: "See it" }).click();
    await expect(page).toHaveURL(/\/leads\/1$/);
    expect(company.run(["check"])).not.toContain("BROKEN");
  });

  test(`a lead is edited, and a stale form is told, ${scripts}`, async ({ company, signedIn }) => {
    company.addLeads(1);
    const page = await signedIn(company.addUser("Mo Manager", "Manager"), { javaScriptEnabled });
    const other = await signedIn("mo.manager@example.com");
    await page.goto("/leads/1");
    await page.getByRole("link", { name: "Edit" }).click();
    await expect(page.getByRole("heading", { name: "Edit lead" })).toBeVisible();
    if (javaScriptEnabled) await expect(page.locator("html[data-hydrated]")).toBeAttached();
    await other.goto("/leads/1/edit");
    await expect(other.locator("html[data-hydrated]")).toBeAttached();
    await other.getByLabel("Last name").fill("Iyer");
    await other.getByRole("button", { name: "Save" }).click();
    await expect(other).toHaveURL(/done=saved/);

    await page.getByLabel("First name").fill("Asha");
    await page.getByRole("button", { name: "Save" }).click();
    await expect(page.getByRole("alert")).toContainText("Somebody changed this lead");
    await expect(page.getByRole("region", { name: "Stored now" })).toContainText("Iyer");
    await expect(page.getByLabel("First name")).toHaveValue("Asha");
    await page.getByRole("button", { name: "Save" }).click();
    await expect(page).toHaveURL(/\/leads\/1\?done=saved$/);
    await expect(page.getByText("Saved.")).toBeVisible();
    await expect(page.getByText("Edited: first name Lead 1 → Asha; last name Iyer → none")).toBeVisible();
    expect(company.run(["check"])).not.toContain("BROKEN");
  });
}

test("an agent edits the own lead and finds no way to add one", async ({ company, signedIn }) => {
  const agent = company.addUser("Agent 1", "Agent", 1);
  company.addLeads(2);
  company.run(["run", "top-up"]);
  const page = await signedIn(agent);
  await page.goto("/leads");
  await expect(page.getByRole("link", { name: "Add a lead" })).toHaveCount(0);
  await page.goto("/leads/new");
  await expect(page.getByRole("alert")).toHaveText("Your role doesn't allow this, and nothing was done. Ask an admin if you need it.");
  await page.goto("/leads/1/edit");
  await expect(page.locator("html[data-hydrated]")).toBeAttached();
  await page.getByLabel("Email").fill("asha@example.com");
  await page.getByRole("button", { name: "Save" }).click();
  await expect(page.getByRole("link", { name: "asha@example.com" })).toBeVisible();
  await page.goto("/leads/2/edit");
  await expect(page.getByRole("button", { name: "Save" })).toHaveCount(0);
});
