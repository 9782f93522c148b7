import { expect, type Locator, PASSWORD, type Page, test } from "./company.ts";

/** Goes on by Tab until this has the focus. */
async function tabTo(page: Page, target: Locator) {
  for (let n = 0; n < 60; n++) {
    if (await target.evaluate((element) => element === document.activeElement)) break;
    await page.keyboard.press("Tab");
  }
  await expect(target).toBeFocused();
}

test("an agent signs in and logs ten calls by the keyboard alone", async ({ browser, company, site }) => {
  company.addUser("Ada Admin", "Company Admin");
  const email = company.addUser("Agent 1", "Agent", 50);
  company.addLeads(11);
  company.run(["run", "top-up"]);
  const context = await browser.newContext({ baseURL: site });
  const page = await context.newPage();
  const { keyboard } = page;
  const lead = async (number: number) => {
    await expect(page.getByRole("heading", { level: 1 })).toHaveText(`Lead ${number}`);
    await expect(page.getByRole("radio", { name: "Called", exact: true })).toBeVisible();
    // Nothing holds the focus that a key would be typed into.
    await expect(page.locator("input:not([type=radio]):focus, textarea:focus, select:focus")).toHaveCount(0);
  };

  await page.goto("/");
  await expect(page.getByLabel("Email")).toBeFocused();
  await keyboard.type(email);
  await tabTo(page, page.getByLabel("Password"));
  await keyboard.type(PASSWORD);
  await keyboard.press("Enter");
  await expect(page.getByRole("progressbar", { name: "0 of 100 calls today" })).toBeVisible();
  await expect(page.locator("html[data-hydrated]")).toBeAttached();

  await tabTo(page, page.getByRole("link", { name: "Tasks", exact: true }));
  await keyboard.press("Enter");
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Tasks");
  await expect(page.getByRole("link", { name: "Lead 1", exact: true })).toBeVisible();
  await keyboard.press("j");
  await expect(page.getByRole("link", { name: "Lead 1", exact: true })).toBeFocused();
  await keyboard.press("Enter");

  // One to seven: each key is a call.
  for (let number = 1; number <= 7; number++) {
    await lead(number);
    await keyboard.press(String(number));
  }
  // The eighth is agreed on for later, at the time that is offered.
  await lead(8);
  await keyboard.press("f");
  await expect(page.getByLabel("Next call at")).toBeFocused();
  await keyboard.press("Enter");
  // The ninth has a note and a length: the form, field by field.
  await lead(9);
  await tabTo(page, page.getByRole("radio", { name: "Called", exact: true }));
  await keyboard.press("Space");
  await expect(page.getByRole("radio", { name: "Called", exact: true })).toBeChecked();
  await keyboard.press("Tab");
  await expect(page.getByLabel("Direction")).toBeFocused();
  await keyboard.press("Tab");
  await expect(page.getByLabel("Duration")).toBeFocused();
  await keyboard.type("2:05");
  await keyboard.press("Tab");
  await expect(page.getByLabel("Lead's status")).toBeFocused();
  await keyboard.type("Interested");
  await keyboard.press("Tab");
  await expect(page.getByLabel("Note", { exact: true })).toBeFocused();
  await keyboard.type("Wants a quote by 5");
  await keyboard.press("Tab");
  await expect(page.getByRole("button", { name: "Log call" })).toBeFocused();
  await keyboard.press("Enter");
  // The tenth is undone and logged again.
  await lead(10);
  await keyboard.press("3");
  await lead(11);
  await keyboard.press("u");
  await lead(10);
  await keyboard.press("2");
  await lead(11);

  await tabTo(page, page.getByRole("link", { name: "Dashboard", exact: true }));
  await keyboard.press("Enter");
  await expect(page.getByRole("progressbar", { name: "10 of 100 calls today" })).toBeVisible();
  await context.close();
  expect(company.run(["check"])).not.toContain("BROKEN");
});

test("from every search Enter goes to the first row that is found, and Escape leaves", async ({ company, signedIn }) => {
  company.run(["demo", "--leads", "60", "--calls", "60", "--agents", "4"]);
  company.run(["run", "top-up"]);
  const people = {
    "admin@demo.example": ["/leads", "/users"],
    "manager@demo.example": ["/customers", "/dashboard"],
    "agent1@demo.example": ["/tasks", "/leads"],
  };
  for (const [email, paths] of Object.entries(people)) {
    const page = await signedIn(email, {}, undefined, "calliyo demo");
    for (const path of paths) {
      await page.goto(path);
      await expect(page.locator("html[data-hydrated]")).toBeAttached();
      const rows = page.locator("main tbody th a");
      const name = (await rows.last().innerText()).trim();
      const search = page.getByRole("searchbox").first();
      await page.keyboard.press("/");
      await expect(search, path).toBeFocused();
      await page.keyboard.type(name);
      await page.keyboard.press("Escape");
      await expect(search, `${path}: Escape leaves`).not.toBeFocused();
      await expect(search, "and keeps what was typed").toHaveValue(name);
      await page.keyboard.press("/");
      await page.keyboard.press("Enter");
      await expect(rows.first(), `${path}: Enter goes on`).toBeFocused();
      await expect(rows.filter({ hasText: name }).first()).toBeVisible();
      // Where nothing is found, one types on.
      await page.keyboard.press("/");
      await page.keyboard.type("nobody at all");
      await page.keyboard.press("Enter");
      await expect(rows).toHaveCount(0);
      await expect(search).toBeFocused();
    }
  }
});
