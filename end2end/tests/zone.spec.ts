import { expect, inDays, type Page, test, withLeads } from "./company.ts";
import { Section } from "./configurations.ts";

/** Gives the company another zone, on a page of the admin's. */
async function move(page: Page, zone: string) {
  const general = await Section.of(page, "Company", true, "/settings?tab=general");
  await general.field("Time zone").fill(zone);
  await general.store();
}

for (const javaScriptEnabled of [true, false]) {
  test(`a time typed under one zone is not stored under another, JavaScript ${javaScriptEnabled ? "on" : "off"}`, async ({ company, signedIn }) => {
    const page = await signedIn(withLeads(company, 1), { javaScriptEnabled });
    const admin = await signedIn("ada.admin@example.com");
    await page.goto("/leads/1");
    if (javaScriptEnabled) await expect(page.locator("html[data-hydrated]")).toBeAttached();
    const form = page.locator("form.log-call").first();
    await form.getByRole("radio", { name: "Rescheduled" }).check();
    const time = `${inDays(3)}T18:00`;
    await form.getByLabel("Next call at").fill(time);

    await move(admin, "Pacific/Kiritimati");
    if (javaScriptEnabled) {
      // What is typed is left alone; all else hears of it.
      await expect(page.getByText("Times are in Pacific/Kiritimati.")).toBeVisible();
      await expect(form.getByText("Company time, Pacific/Kiritimati now. What stands here was typed for Asia/Kolkata: check it.")).toBeVisible();
      await expect(form.getByLabel("Next call at")).toHaveValue(time);
      await expect(page.locator("#next-call-follow_up-help")).toHaveText("Company time, Pacific/Kiritimati.");
    }
    await form.getByRole("button", { name: "Log call" }).click();
    await expect(form.getByText("This page was made for Asia/Kolkata, and the company's time zone is Pacific/Kiritimati now. Check the time, then save again: nothing was saved.")).toBeVisible();
    await expect(form.getByLabel("Next call at")).toHaveValue(time);
    await expect(form.getByText("Company time, Pacific/Kiritimati.")).toBeVisible();

    await form.getByRole("button", { name: "Log call" }).click();
    await expect(page.locator(".lead-head .pill")).toHaveText("Followups");
    await expect(page.getByText(time.replace("T", " ")).first()).toBeVisible();
  });
}

test("a form that nobody has touched goes along with the zone", async ({ company, signedIn }) => {
  const page = await signedIn(withLeads(company, 1));
  const admin = await signedIn("ada.admin@example.com");
  await page.goto("/leads/1");
  await expect(page.locator("html[data-hydrated]")).toBeAttached();
  await move(admin, "America/Vancouver");
  const form = page.locator("form.log-call").first();
  await form.getByRole("radio", { name: "Rescheduled" }).check();
  await expect(form.getByText("Company time, America/Vancouver.")).toBeVisible();
  const time = `${inDays(3)}T18:00`;
  await form.getByLabel("Next call at").fill(time);
  await form.getByRole("button", { name: "Log call" }).click();
  await expect(page.locator(".lead-head .pill")).toHaveText("Followups");
  await expect(page.getByText(time.replace("T", " ")).first()).toBeVisible();
});

test("a phone typed under one country is not stored under another", async ({ company, signedIn }) => {
  const page = await signedIn(company.addUser("Ada Admin", "Company Admin"));
  const admin = await signedIn("ada.admin@example.com");
  await page.goto("/leads/new");
  await expect(page.locator("html[data-hydrated]")).toBeAttached();
  await page.getByLabel("First name").fill("Asha");
  await page.getByLabel("Phone").fill("98765 43210");
  const general = await Section.of(admin, "Company", true, "/settings?tab=general");
  await general.field("Country").selectOption("Canada");
  await general.store();
  await expect(page.getByText("or as dialled in Canada.")).toBeVisible();
  await page.getByRole("button", { name: "Add the lead" }).click();
  await expect(page.getByText("This page was made for India, and the company's country is Canada now. Check the phone, then save again: nothing was saved.")).toBeVisible();
  await expect(page.getByLabel("Phone")).toHaveValue("98765 43210");
  await page.getByLabel("Phone").fill("+91 98765 43210");
  await page.getByRole("button", { name: "Add the lead" }).click();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Asha");
});
