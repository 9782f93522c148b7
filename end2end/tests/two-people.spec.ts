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
