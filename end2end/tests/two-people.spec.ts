import { expect, signIn, test } from "./company.ts";

for (const javaScriptEnabled of [true, false]) {
  test(`what one person typed is not stored as another's who signs in beside it, JavaScript ${javaScriptEnabled ? "on" : "off"}`, async ({ browser, company, site }) => {
    const manager = company.addUser("Mo Manager", "Manager");
    const asha = company.addUser("Asha", "Agent", 9);
    company.addLeads(1);
    company.sql("UPDATE leads SET owner_id = (SELECT id FROM users WHERE name = 'Asha'), status_id = 2");
    const context = await browser.newContext({ baseURL: site, javaScriptEnabled });
    const ashas = await context.newPage();
    await signIn(ashas, asha);
    await ashas.goto("/leads/1");
    if (javaScriptEnabled) await expect(ashas.locator("html[data-hydrated]")).toBeAttached();
    await ashas.getByLabel("Note without a call").fill("Asha's words");

    await context.clearCookies();
    const mos = await context.newPage();
    await signIn(mos, manager);
    if (javaScriptEnabled) {
      await expect(ashas.getByRole("heading", { level: 1 })).toHaveText("Somebody else is signed in");
    } else {
      await ashas.getByRole("button", { name: "Add note" }).click();
      await expect(ashas.getByText("You are signed in as Mo Manager now, and what was sent was not made for you. Nothing was changed.")).toBeVisible();
    }
    await mos.goto("/leads/1");
    await expect(mos.getByText("Asha's words")).toHaveCount(0);
    await context.close();
  });

  test(`the form of who signs in again is taken, JavaScript ${javaScriptEnabled ? "on" : "off"}`, async ({ browser, company, site }) => {
    const manager = company.addUser("Mo Manager", "Manager");
    company.addLeads(1);
    const context = await browser.newContext({ baseURL: site, javaScriptEnabled });
    const page = await context.newPage();
    await signIn(page, manager);
    await page.goto("/leads/1");
    if (javaScriptEnabled) await expect(page.locator("html[data-hydrated]")).toBeAttached();
    await page.getByLabel("Note without a call").fill("Typed before");
    await context.clearCookies();
    const again = await context.newPage();
    await signIn(again, manager);
    await page.getByRole("button", { name: "Add note" }).click();
    await expect(page.locator(".timeline-note").filter({ hasText: "Typed before" })).toBeVisible();
    await context.close();
  });
}

test("who held a lead when they opened its page logs the call, and the lead stays as it is", async ({ company, signedIn }) => {
  const asha = company.addUser("Asha", "Agent", 9);
  company.addUser("Bela", "Agent", 9);
  const manager = await signedIn(company.addUser("Mo Manager", "Manager"));
  company.addLeads(2);
  company.sql("UPDATE leads SET owner_id = (SELECT id FROM users WHERE name = 'Asha'), status_id = 2");
  const page = await signedIn(asha);
  const tasks = await page.context().newPage();
  await page.goto("/leads/1");
  await tasks.goto("/tasks");
  await manager.goto("/leads");
  for (const one of [page, tasks, manager]) await expect(one.locator("html[data-hydrated]")).toBeAttached();
  await tasks.getByRole("link", { name: "Lead 2", exact: true }).focus();
  await page.getByRole("radio", { name: "Called", exact: true }).check();
  await page.getByLabel("Duration").fill("2:30");

  const bar = manager.getByRole("form", { name: "Change the chosen leads" });
  for (const lead of ["Lead 1", "Lead 2"]) await manager.getByRole("checkbox", { name: `Choose ${lead}` }).check();
  await bar.locator("summary").click();
  await bar.getByRole("checkbox", { name: /^Bela/ }).check();
  await bar.getByRole("button", { name: "Assign" }).click();
  await expect(manager.locator("tbody td[data-column=owner]")).toHaveText(["Bela", "Bela"]);

  const left = "The lead is no longer yours, so its status, next call and owner were left as they are.";
  await expect(page.getByRole("alert")).toContainText("A call that you were on can still be logged");
  await page.getByRole("button", { name: "Log call" }).click();
  await expect(page.locator("#log-note")).toContainText(`Logged: Called for Lead 1. ${left}`);
  await tasks.keyboard.press("2");
  await expect(tasks.locator("#log-note")).toContainText(`Logged: Busy for Lead 2. ${left}`);
  await expect(tasks.getByRole("heading", { name: "Your queue is empty" })).toBeVisible();
  await page.goto("/dashboard");
  await expect(page.getByRole("progressbar", { name: "2 of 100 calls today" })).toBeVisible();
  await manager.reload();
  await expect(manager.locator("tbody td[data-column=owner]")).toHaveText(["Bela", "Bela"]);
});
