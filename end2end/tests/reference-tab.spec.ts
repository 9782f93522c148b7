import { expect, test } from "./company.ts";
import { PAGE, Section } from "./configurations.ts";

test.describe("the tab", () => {
  test("has an address of its own and controls the flow of leads, the target and the clean-up", async ({ company, signedIn }) => {
    const page = await signedIn(company.addUser("Ada Admin", "Company Admin"));
    await page.goto("/settings?tab=general");
    await page.getByRole("navigation", { name: "Settings" }).getByRole("link", { name: "Configurations" }).click();
    await expect(page).toHaveURL(PAGE);
    await expect(page.getByText("how leads flow to agents each day, the daily call target, and when stale leads are cleaned up")).toBeVisible();
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
    await expect(page.getByText("Each section asks for your password when you save it")).toBeVisible();
    const fresh = await Section.of(await signedIn("ada.admin@example.com"), "Daily call target");
    await expect(fresh.field("Daily call target")).toHaveValue("100");
    const without = await signedIn("ada.admin@example.com", { javaScriptEnabled: false });
    await without.goto(PAGE);
    await expect(without.getByLabel("Your password")).toHaveCount(5);
    await expect(without.getByRole("button", { name: "Save" })).toHaveCount(5);
  });

  test("says that its settings reach every agent's queue and shouldn't change by accident", async ({ company, signedIn }) => {
    const page = await signedIn(company.addUser("Ada Admin", "Company Admin"));
    await page.goto(PAGE);
    await expect(page.getByText("these settings reach every agent's queue and shouldn't change by accident")).toBeVisible();
  });
});

test("Daily call target: the number of calls each agent is expected to make per day", async ({ company, signedIn }) => {
  const target = await Section.of(await signedIn(company.addUser("Ada Admin", "Company Admin")), "Daily call target");
  await expect(target.section.getByText("The number of calls each agent is expected to make per day.")).toBeVisible();
  await target.field("Daily call target").fill("80");
  await expect(target.section.locator(".changes li")).toHaveText("Daily call target: 100 → 80");
  await target.store();
});

test("Show customer to: All and Agent Only are the two choices", async ({ company, signedIn }) => {
  const section = await Section.of(await signedIn(company.addUser("Ada Admin", "Company Admin")), "Show customer to");
  await expect(section.section.getByText("Who can see the Customers page")).toBeVisible();
  await expect(section.section.getByRole("radio")).toHaveCount(2);
  await expect(section.section.getByText("Every user with the management permission sees every customer.")).toBeVisible();
  await expect(section.section.getByText("Agents only see customers whose original lead was assigned to them.")).toBeVisible();
  await expect(section.section.getByText("Pick Agent Only if agents are to focus on their own conversions")).toBeVisible();
});
