import { expect, type Page, PASSWORD, signIn, test } from "./company.ts";

const NEW_PASSWORD = "another good password";

/** Opens the record of the user of this name from the list. */
async function openUser(page: Page, name: string) {
  await page.goto("/users");
  await page.getByRole("link", { name, exact: true }).click();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText(name);
}

/** The part of the page with this heading. */
const card = (page: Page, name: string) => page.getByRole("region", { name, exact: true });

/** Waits until scripts have taken the page over, where there are any. */
async function ready(page: Page, javaScriptEnabled: boolean) {
  if (javaScriptEnabled) await expect(page.locator("html[data-hydrated]")).toBeVisible();
}

for (const javaScriptEnabled of [true, false]) {
  test.describe(javaScriptEnabled ? "with JavaScript" : "without JavaScript", () => {
    test("an added user signs in; what is wrong is said beside its field and loses nothing", async ({ company, signedIn, browser, site }) => {
      const page = await signedIn(company.addUser("Ada Admin", "Company Admin"), { javaScriptEnabled });
      await page.goto("/users");
      await ready(page, javaScriptEnabled);
      await page.getByRole("link", { name: "Add user" }).click();
      await expect(page.getByRole("heading", { level: 1 })).toHaveText("Add user");
      await expect(page.getByLabel("Role").locator("option:checked")).toHaveText("Agent");
      await expect(page.getByLabel("Lead cap")).toHaveValue("");
      await page.getByLabel("Name").fill("Nisha Nair");
      await page.getByLabel("Email").fill("ADA.admin@example.com");
      await page.getByLabel("Phone").fill("98765 43210");
      await page.getByLabel("Role").selectOption("Agent");
      await page.getByLabel("Lead cap").fill("37");
      await page.getByLabel("Password").fill(PASSWORD);
      await page.getByRole("button", { name: "Add user" }).click();
      await expect(page.getByText("ada.admin@example.com is another user's already.")).toBeVisible();
      if (javaScriptEnabled) await expect(page.getByLabel("Email"), "what is to blame has the focus").toBeFocused();
      await expect(page.getByLabel("Name")).toHaveValue("Nisha Nair");
      await expect(page.getByLabel("Lead cap")).toHaveValue("37");
      await page.getByLabel("Email").fill("Nisha@Example.com");
      await page.getByLabel("Password").fill(PASSWORD);
      await page.getByRole("button", { name: "Add user" }).click();
      await expect(page.getByRole("heading", { level: 1 })).toHaveText("Nisha Nair");
      await expect(page.locator("#done")).toContainText("Added.");
      await expect(page.getByLabel("Email")).toHaveValue("nisha@example.com");
      await expect(page.getByLabel("Phone")).toHaveValue("+919876543210");
      const context = await browser.newContext({ baseURL: site, javaScriptEnabled });
      await signIn(await context.newPage(), "NISHA@example.com");
      await context.close();
    });

    test("the list is searched in the address", async ({ company, signedIn }) => {
      const admin = company.addUser("Ada Admin", "Company Admin");
      company.addUser("Bela Agent", "Agent", 5);
      const page = await signedIn(admin, { javaScriptEnabled });
      await page.goto("/users");
      await ready(page, javaScriptEnabled);
      await expect(page.getByRole("rowheader")).toHaveCount(2);
      await page.getByRole("columnheader", { name: "Name" }).getByRole("link").click();
      await expect(page).toHaveURL(/\/users\?sort=-name$/);
      await expect(page.getByRole("rowheader")).toContainText(["Bela Agent", "Ada Admin"]);
      await page.getByLabel("Name, email, phone or code").fill("bela");
      await page.getByRole("button", { name: "Search" }).click();
      await expect(page).toHaveURL(/\/users\?search=bela&sort=-name$/);
      await expect(page.getByRole("rowheader")).toHaveCount(1);
      await expect(page.getByRole("row").last()).toContainText("0 / 5");
    });

    test("a ban signs out and keeps out, and returns the leads where that is chosen", async ({ company, signedIn, browser, site }) => {
      const admin = company.addUser("Ada Admin", "Company Admin");
      const agent = company.addUser("Agent 1", "Agent", 5);
      company.addLeads(8);
      const page = await signedIn(admin, { javaScriptEnabled });
      company.run(["run", "top-up"]);
      const theirs = await signedIn(agent, { javaScriptEnabled });
      await theirs.goto("/leads");
      await ready(theirs, javaScriptEnabled);
      await openUser(page, "Agent 1");
      await ready(page, javaScriptEnabled);
      await page.getByRole("button", { name: "Ban…" }).click();
      const dialog = page.getByRole("dialog");
      await expect(dialog).toContainText("5 leads stay with them.");
      await dialog.getByRole("button", { name: "Cancel" }).click();
      await expect(dialog).toBeHidden();
      if (javaScriptEnabled) await expect(page.getByRole("button", { name: "Ban…" })).toBeFocused();
      await page.getByRole("button", { name: "Ban…" }).click();
      await dialog.getByLabel("Return these 5 leads to Unassigned").check();
      await dialog.getByRole("button", { name: "Ban", exact: true }).click();
      await expect(page.getByText("Banned, and signed out everywhere. 5 leads returned to Unassigned.")).toBeVisible();
      if (javaScriptEnabled) await expect(theirs.getByRole("heading", { level: 1 })).toHaveText("You are signed out");
      await theirs.goto("/leads");
      await expect(theirs).toHaveURL(/sign-in/);
      await theirs.getByLabel("Email").fill(agent);
      await theirs.getByLabel("Password").fill(PASSWORD);
      await theirs.getByRole("button", { name: "Sign in" }).click();
      await expect(theirs.getByRole("alert")).toHaveText("Email or password is wrong.");
      await page.goto("/leads?owner=none");
      await expect(page.getByRole("rowheader")).toHaveCount(8);
      await openUser(page, "Agent 1");
      await page.getByRole("button", { name: "Lift the ban" }).click();
      await expect(page.getByText("The ban is lifted. They can sign in again.")).toBeVisible();
      const context = await browser.newContext({ baseURL: site, javaScriptEnabled });
      await signIn(await context.newPage(), agent);
      await context.close();
    });

    test("a lead cap and leave are edited", async ({ company, signedIn }) => {
      const page = await signedIn(company.addUser("Ada Admin", "Company Admin"), { javaScriptEnabled });
      company.addUser("Agent 1", "Agent", 5);
      await openUser(page, "Agent 1");
      await ready(page, javaScriptEnabled);
      await page.getByLabel("Lead cap").fill("100001");
      await page.getByRole("button", { name: "Save" }).click();
      await expect(page.getByText("The lead cap is a whole number from 0 to 100000.")).toBeVisible();
      await expect(page.getByLabel("Lead cap")).toHaveValue("100001");
      await page.getByLabel("Lead cap").fill("150");
      await page.getByLabel("Receiving leads").uncheck();
      // Some press everything twice.
      await page.getByRole("button", { name: "Save" }).click({ clickCount: javaScriptEnabled ? 2 : 1 });
      await expect(page.getByText("Saved.")).toBeVisible();
      await expect(page.getByRole("button", { name: "Save" })).toBeEnabled();
      await expect(page.getByText("Nothing of yours was saved")).toHaveCount(0);
      await page.goto("/users");
      await expect(page.getByRole("row", { name: /Agent 1/ })).toContainText("0 / 150");
      await expect(page.getByRole("row", { name: /Agent 1/ })).toContainText("No (on leave)");
    });

    test("roles are added, edited and deleted; one in use stays", async ({ company, signedIn }) => {
      const page = await signedIn(company.addUser("Ada Admin", "Company Admin"), { javaScriptEnabled });
      await page.goto("/roles/new");
      await ready(page, javaScriptEnabled);
      await page.getByLabel("Name").fill("agent");
      await page.getByLabel("Reports").check();
      await page.getByRole("button", { name: "Add role" }).click();
      await expect(page.getByText("There is a role named agent already.")).toBeVisible();
      await expect(page.getByLabel("Reports")).toBeChecked();
      await page.getByLabel("Name").fill("Auditor");
      await page.getByRole("button", { name: "Add role" }).click();
      await expect(page.getByRole("heading", { level: 1 })).toHaveText("Auditor");
      await ready(page, javaScriptEnabled);
      await page.getByLabel("Management").check();
      await page.getByRole("button", { name: "Save" }).click();
      await expect(page.getByText(/^Saved\./)).toBeVisible();
      await page.goto("/roles");
      await expect(page.getByRole("row", { name: /Auditor/ })).toContainText("Management, Reports");
      await page.getByRole("link", { name: "Auditor" }).click();
      await ready(page, javaScriptEnabled);
      await page.getByRole("button", { name: "Delete…" }).click();
      await page.getByRole("dialog").getByRole("button", { name: "Delete", exact: true }).click();
      await expect(page.getByText("The role is deleted.")).toBeVisible();
      await expect(page.getByRole("link", { name: "Auditor" })).toHaveCount(0);
      await page.getByRole("link", { name: "Company Admin", exact: true }).click();
      await expect(card(page, "Delete")).toContainText("1 user has this role.");
      await ready(page, javaScriptEnabled);
      await page.getByLabel("Settings").uncheck();
      await page.getByRole("button", { name: "Save" }).click();
      await expect(page.getByText(/^Nobody would be left who can manage users and settings\./)).toBeVisible();
    });

    test("the own password is changed, and other sessions end", async ({ company, signedIn, browser, site }) => {
      const agent = company.addUser("Agent 1", "Agent", 5);
      const [page, other] = [await signedIn(agent, { javaScriptEnabled }), await signedIn(agent, { javaScriptEnabled })];
      await page.getByRole("link", { name: /Your account/ }).first().click();
      await expect(page.getByRole("heading", { level: 1 })).toHaveText("Your account");
      await ready(page, javaScriptEnabled);
      const sessions = card(page, "Where you are signed in").getByRole("listitem");
      await expect(sessions).toHaveCount(2);
      if (javaScriptEnabled) {
        const another = await signedIn(agent);
        await expect(sessions, "the open page hears of it").toHaveCount(3);
        await another.close();
      }
      await page.getByLabel("Present password").fill("not the password");
      await page.getByLabel("New password").fill(NEW_PASSWORD);
      await page.getByRole("button", { name: "Change password" }).click();
      await expect(page.getByText("That isn't your password. Nothing was saved.")).toBeVisible();
      await page.getByLabel("Present password").fill(PASSWORD);
      await page.getByLabel("New password").fill(NEW_PASSWORD);
      await page.getByRole("button", { name: "Change password" }).click();
      await expect(page.getByText("Your password is changed. You are signed out everywhere else.")).toBeVisible();
      await expect(card(page, "Where you are signed in").getByRole("listitem")).toHaveCount(1);
      await other.goto("/leads");
      await expect(other).toHaveURL(/sign-in/);
      const context = await browser.newContext({ baseURL: site, javaScriptEnabled });
      await signIn(await context.newPage(), agent, NEW_PASSWORD);
      await page.reload();
      await page.getByRole("button", { name: "Sign out everywhere else" }).click();
      await expect(page.getByText("You are signed out everywhere else.", { exact: true })).toBeVisible();
      await expect(card(page, "Where you are signed in").getByRole("listitem")).toHaveCount(1);
      await context.close();
    });
  });
}

test("Agents at cap: raise the cap in the user record to distribute more", async ({ company, signedIn }) => {
  const page = await signedIn(company.addUser("Ada Admin", "Company Admin"));
  company.addUser("Agent 1", "Agent", 4);
  company.addLeads(10);
  const panel = page.getByRole("region", { name: "Status of Auto lead assignment" });
  const runNow = async () => {
    await page.goto("/settings?tab=configurations");
    await ready(page, true);
    await panel.getByRole("button", { name: "Run Now" }).click();
    await page.getByRole("dialog").getByRole("button", { name: "Run Now" }).click();
  };
  await runNow();
  await expect(panel).toContainText("4 leads assigned across 1 agent, 6 unassigned (agents at cap).");
  await openUser(page, "Agent 1");
  await ready(page, true);
  await page.getByLabel("Lead cap").fill("20");
  await page.getByRole("button", { name: "Save" }).click();
  await expect(page.getByText("Saved.")).toBeVisible();
  await runNow();
  await expect(panel).toContainText("6 leads assigned across 1 agent.");
  await page.goto("/users");
  await expect(page.getByRole("row", { name: /Agent 1/ })).toContainText("10 / 20");
});

test("what one admin changes shows in the other's open tabs", async ({ company, signedIn }) => {
  const ada = await signedIn(company.addUser("Ada Admin", "Company Admin"));
  const bo = await signedIn(company.addUser("Bo Boss", "Company Admin"));
  company.addUser("Agent 1", "Agent", 4);
  await bo.goto("/users");
  await ready(bo, true);
  await openUser(ada, "Agent 1");
  await ready(ada, true);
  await ada.getByLabel("Lead cap").fill("20");
  await ada.getByRole("button", { name: "Save" }).click();
  await expect(bo.getByRole("row", { name: /Agent 1/ })).toContainText("0 / 20");
  await openUser(bo, "Agent 1");
  await ready(bo, true);
  await bo.getByLabel("Employee code").fill("E-7");
  await ada.getByLabel("Lead cap").fill("30");
  await ada.getByRole("button", { name: "Save" }).click();
  await expect(bo.getByLabel("Lead cap")).toHaveValue("30");
  await expect(bo.getByLabel("Employee code"), "what is typed stays").toHaveValue("E-7");
  // Bo typed on what it was before: that is said, and nothing is written until Bo has seen what is stored now.
  await bo.getByRole("button", { name: "Save" }).click();
  await expect(bo.getByText("Somebody changed this user after you opened the form.")).toBeVisible();
  await expect(bo.getByRole("region", { name: "Stored now" })).toContainText("30");
  await expect(bo.getByLabel("Employee code")).toHaveValue("E-7");
  await expect(ada.getByLabel("Employee code")).toHaveValue("");
  await bo.getByRole("button", { name: "Save" }).click();
  await expect(bo.getByText("Saved.")).toBeVisible();
  await expect(ada.getByLabel("Employee code")).toHaveValue("E-7");
});

test("the search keeps what is typed and the focus while the list is read again", async ({ company, signedIn }) => {
  const ada = await signedIn(company.addUser("Ada Admin", "Company Admin"));
  const bo = await signedIn(company.addUser("Bo Boss", "Company Admin"));
  company.addUser("Agent 1", "Agent", 4);
  await bo.goto("/users");
  await ready(bo, true);
  await bo.keyboard.press("/");
  const search = bo.getByLabel("Name, email, phone or code");
  await expect(search).toBeFocused();
  await bo.keyboard.type("agent");
  await expect(bo).toHaveURL(/\/users\?search=agent$/);
  await expect(bo.getByRole("rowheader")).toHaveCount(1);
  await openUser(ada, "Agent 1");
  await ready(ada, true);
  await ada.getByLabel("Lead cap").fill("20");
  await ada.getByRole("button", { name: "Save" }).click();
  await expect(bo.getByRole("row", { name: /Agent 1/ })).toContainText("0 / 20");
  await expect(search).toBeFocused();
  await bo.keyboard.type(" 1");
  await expect(search).toHaveValue("agent 1");
});
