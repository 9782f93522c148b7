import { expect, PASSWORD, signIn, test } from "./company.ts";

for (const javaScriptEnabled of [true, false]) {
  test.describe(javaScriptEnabled ? "with JavaScript" : "without JavaScript", () => {
    test.use({ javaScriptEnabled });

    test("the first visitor becomes the admin, and only the first", async ({ browser, page, site }) => {
      const context = await browser.newContext({ baseURL: site, javaScriptEnabled });
      const second = await context.newPage();
      await second.goto("/");
      await page.goto(site);
      await expect(page.getByRole("heading", { level: 1 })).toHaveText("Create the first admin");
      await page.getByLabel("Name").fill("First Admin");
      await page.getByLabel("Email").fill("first@example.com");
      await page.getByLabel("Password").fill("short");
      await page.getByRole("button", { name: "Create admin" }).click();
      await expect(page.getByText("The password needs 10 characters at least and may have 200.")).toBeVisible();
      await expect(page.getByLabel("Email")).toHaveValue("first@example.com");
      await page.getByLabel("Password").fill(PASSWORD);
      await page.getByRole("button", { name: "Create admin" }).click();
      await expect(page.getByRole("heading", { level: 1 })).toHaveText("Settings");
      await second.getByLabel("Name").fill("Second Admin");
      await second.getByLabel("Email").fill("second@example.com");
      await second.getByLabel("Password").fill(PASSWORD);
      await second.getByRole("button", { name: "Create admin" }).click();
      await expect(second.getByRole("alert")).toHaveText("An admin was made already. Sign in, or ask them for an account.");
      await expect(second.getByRole("heading", { level: 1 })).toHaveText("Sign in");
      await context.close();
      await page.context().clearCookies();
      await page.goto(`${site}/sign-in`);
      await expect(page.getByRole("heading", { level: 1 })).toHaveText("Sign in");
    });

    test("a wrong password says so and keeps the email; the right one leads where one wanted to go", async ({ page, company, site }) => {
      company.addUser("Ada Admin", "Company Admin");
      await page.goto(`${site}/leads?status=8`);
      await expect(page.getByRole("heading", { level: 1 })).toHaveText("Sign in");
      await page.getByLabel("Email").fill("ada.admin@example.com");
      await page.getByLabel("Password").fill("not the password");
      await page.getByRole("button", { name: "Sign in" }).click();
      await expect(page.getByRole("alert")).toHaveText("Email or password is wrong.");
      await expect(page.getByLabel("Email")).toHaveValue("ada.admin@example.com");
      await expect(page.getByLabel("Password")).toHaveValue("");
      await page.getByLabel("Password").fill(PASSWORD);
      await page.getByRole("button", { name: "Sign in" }).click();
      await expect(page).toHaveURL(`${site}/leads?status=8`);
    });

    test("signing out ends the session", async ({ browser, company, site }) => {
      const email = company.addUser("Ada Admin", "Company Admin");
      const context = await browser.newContext({ baseURL: site, javaScriptEnabled });
      const page = await context.newPage();
      await signIn(page, email);
      await page.getByRole("button", { name: "Sign out" }).first().click();
      await expect(page.getByRole("heading", { level: 1 })).toHaveText("Sign in");
      await page.goto("/leads");
      await expect(page).toHaveURL(/\/sign-in\?next=%2Fleads$/);
      await context.close();
    });
  });
}

test("the sign-in is a plain form: the program is fetched for later", async ({ page, company, site }) => {
  company.addUser("Ada Admin", "Company Admin");
  await page.goto(`${site}/sign-in`);
  await expect(page.getByLabel("Email")).toBeFocused();
  await expect(page.locator("head link[rel=prefetch]")).toHaveCount(2);
  await expect(page.locator("head link[rel=modulepreload], head link[rel=preload]")).toHaveCount(0);
  await page.keyboard.type("ada.admin@example.com");
  await page.keyboard.press("Tab");
  await page.keyboard.type("not the password");
  await page.keyboard.press("Enter");
  await expect(page.getByRole("alert")).toHaveText("Email or password is wrong.");
  await expect(page.getByLabel("Password")).toBeFocused();
  await page.keyboard.type(PASSWORD);
  await page.keyboard.press("Enter");
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Settings");
  await expect(page.locator("html[data-hydrated]")).toBeAttached();
});

test("the other tabs hear that nobody is signed in", async ({ company, signedIn }) => {
  const page = await signedIn(company.addUser("Asha", "Agent", 9));
  await page.goto("/tasks");
  await expect(page.locator("html[data-hydrated]")).toBeAttached();
  const other = await page.context().newPage();
  await page.context().clearCookies();
  await other.goto("/sign-in");
  await expect(page.getByRole("heading", { name: "Your queue is empty" })).toBeHidden();
});
