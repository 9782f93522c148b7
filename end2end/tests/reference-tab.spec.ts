import { expect, test } from "./company.ts";
import { PAGE, Section } from "./configurations.ts";

test.describe("the tab", () => {
  test("has an address of its own and controls the flow of leads, the target and the clean-up", async ({ company, signedIn }) => {
    const page = await signedIn(company.addUser("Ada Admin", "Company Admin"));
    await page.goto("/settings?tab=general");
    await page.getByRole("navigation", { name: "Settings" }).getByRole("link", { name: "Configurations" }).click();
    await expect(page).toHaveURL(PAGE);
    await expect(page.getByText("This tab controls the automated side of Calliyo: how leads flow to agents each day, the daily call target, and when stale leads get cleaned up.")).toBeVisible();
    await expect(page.getByRole("heading", { level: 2 })).toHaveText([
      "Daily call target",
      "Show customer to",
      "Auto lead assignment",
      "Daily lead top-up",
      "Auto removal",
    ]);
  });

  test("each section is saved only with the password", async ({ company, signedIn }) => {
    const page = await signedIn(company.addUser("Ada Admin", "Company Admin"));
    const target = await Section.of(page, "Daily call target");
    await target.field("Daily call target").fill("55");
    await target.save("");
    await expect(target.section.getByText("That isn't your password. Nothing was saved.")).toBeVisible();
    await expect(page.getByText("Each section on this tab requires you to confirm your password before saving.")).toBeVisible();
    const fresh = await Section.of(await signedIn("ada.admin@example.com"), "Daily call target");
    await expect(fresh.field("Daily call target")).toHaveValue("100");
    const without = await signedIn("ada.admin@example.com", { javaScriptEnabled: false });
    await without.goto(PAGE);
    await expect(without.getByLabel("Your password")).toHaveCount(5);
    await expect(without.getByRole("button", { name: "Save" })).toHaveCount(5);
  });

  test("says that its settings affect every agent’s queue and shouldn’t change accidentally", async ({ company, signedIn }) => {
    const page = await signedIn(company.addUser("Ada Admin", "Company Admin"));
    await page.goto(PAGE);
    await expect(page.getByText("This is intentional — these settings affect every agent’s queue and shouldn’t change accidentally.")).toBeVisible();
  });
});

test("Daily call target: the number of calls each agent is expected to make per day", async ({ company, signedIn }) => {
  const target = await Section.of(await signedIn(company.addUser("Ada Admin", "Company Admin")), "Daily call target");
  for (const sentence of [
    "The number of calls each agent is expected to make per day.",
    "Shown: • At the top of the Agent dashboard as a progress bar. • In Reports as the baseline for the day’s call coverage.",
    "This is a soft target — Calliyo doesn’t block agents who exceed it. It’s a goal, not a cap.",
  ]) {
    await expect(target.section.getByText(sentence)).toBeVisible();
  }
  await target.field("Daily call target").fill("0080");
  await expect(target.section.locator(".changes li")).toHaveText("Daily call target: 100 → 0080");
  await target.store();
  await expect(target.section.locator(".changes li"), "what is stored").toHaveText("Daily call target: 100 → 80");
  await expect(target.section.locator(".changes"), "keyboards go on here").toBeFocused();
  await target.field("Daily call target").fill("080");
  await target.save();
  await expect(target.section.getByText("Nothing was saved: all of it is stored already.")).toBeVisible();
});

test("Show customer to: All and Agent Only are the two choices", async ({ company, signedIn }) => {
  const section = await Section.of(await signedIn(company.addUser("Ada Admin", "Company Admin")), "Show customer to");
  await expect(section.section.getByText("Who can see the Customers page?", { exact: true })).toBeVisible();
  await expect(section.section.getByRole("radio")).toHaveCount(2);
  await expect(section.section.getByText("All — every user with the management permission sees every customer.")).toBeVisible();
  await expect(section.section.getByText("Agent Only — agents only see customers whose original lead was assigned to them.")).toBeVisible();
  await expect(section.section.getByText("Pick Agent Only if you want agents to focus on their own conversions and not see the wider customer base.")).toBeVisible();
});
