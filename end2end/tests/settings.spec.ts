import { expect, PASSWORD, test } from "./company.ts";
import { AutoAssignment } from "./configurations.ts";

for (const javaScriptEnabled of [true, false]) {
  test.describe(javaScriptEnabled ? "with JavaScript" : "without JavaScript", () => {
    test("a save with the password is kept", async ({ company, signedIn }) => {
      const page = await signedIn(company.addUser("Ada Admin", "Company Admin"), { javaScriptEnabled });
      const section = await AutoAssignment.open(page, javaScriptEnabled);
      await expect(section.toggle).not.toBeChecked();
      await expect(section.section.getByRole("checkbox", { name: "Customer" })).toHaveCount(0);
      await section.toggle.check();
      await section.status("Busy").check();
      await section.time.fill("08:15");
      await section.save();
      await expect(section.section.getByText(/^Saved\./)).toBeVisible();
      await section.page.reload();
      await section.ready();
      await expect(section.toggle).toBeChecked();
      await expect(section.status("Busy")).toBeChecked();
      await expect(section.time).toHaveValue("08:15");
    });

    test("a wrong password changes nothing and keeps what was typed", async ({ company, signedIn }) => {
      const page = await signedIn(company.addUser("Ada Admin", "Company Admin"), { javaScriptEnabled });
      const section = await AutoAssignment.open(page, javaScriptEnabled);
      await section.time.fill("08:15");
      await section.status("Busy").check();
      await section.save("not the password");
      await expect(section.section.getByText("That isn't your password. Nothing was saved.")).toBeVisible();
      await expect(section.time).toHaveValue("08:15");
      await expect(section.status("Busy")).toBeChecked();
      await expect(section.password).toHaveValue("");
      const fresh = await AutoAssignment.open(await signedIn("ada.admin@example.com"));
      await expect(fresh.time).toHaveValue("09:00");
      await section.save();
      await expect(section.section.getByText(/^Saved\./)).toBeVisible();
    });

    test("no status with the toggle on, and no time, are refused in place", async ({ company, signedIn }) => {
      const page = await signedIn(company.addUser("Ada Admin", "Company Admin"), { javaScriptEnabled });
      const section = await AutoAssignment.open(page, javaScriptEnabled);
      await section.toggle.check();
      for (const name of ["Unassigned", "Not Picked", "Missed"]) await section.status(name).uncheck();
      await section.save();
      await expect(section.section.getByText("Select at least one status, or switch Auto lead assignment off.")).toBeVisible();
      await expect(section.toggle).toBeChecked();
      await section.status("Missed").check();
      await section.time.fill("");
      await section.save();
      await expect(section.section.getByText("Reassign at is a time of day from 00:00 to 23:59, such as 09:00.")).toBeVisible();
      await expect(section.status("Missed")).toBeChecked();
      const fresh = await AutoAssignment.open(await signedIn("ada.admin@example.com"));
      await expect(fresh.toggle).not.toBeChecked();
      await expect(fresh.time).toHaveValue("09:00");
    });

    test("a stale form is told who saved meanwhile and loses nothing", async ({ company, signedIn }) => {
      const page = await signedIn(company.addUser("Ada Admin", "Company Admin"), { javaScriptEnabled });
      const other = await signedIn(company.addUser("Bo Boss", "Company Admin"), { javaScriptEnabled: false });
      const [mine, theirs] = [await AutoAssignment.open(page, javaScriptEnabled), await AutoAssignment.open(other, false)];
      await mine.time.fill("07:30");
      await theirs.time.fill("10:00");
      await theirs.save();
      await expect(theirs.section.getByText(/^Saved\./)).toBeVisible();
      await mine.save();
      await expect(mine.section.getByText(/^Bo Boss saved this section at .* Nothing of yours was saved/)).toBeVisible();
      await expect(mine.time).toHaveValue("07:30");
      const fresh = await AutoAssignment.open(await signedIn("ada.admin@example.com"));
      await expect(fresh.time).toHaveValue("10:00");
    });
  });
}

test("what would change is shown before the password is asked, and leaving asks", async ({ company, signedIn }) => {
  const page = await signedIn(company.addUser("Ada Admin", "Company Admin"));
  const section = await AutoAssignment.open(page);
  await expect(section.section.getByText("No unsaved changes.")).toBeVisible();
  await section.time.fill("07:30");
  await expect(section.section.getByRole("listitem")).toHaveText("Reassign at: 09:00 → 07:30");
  page.once("dialog", (dialog) => dialog.dismiss());
  await page.getByRole("link", { name: "Leads" }).first().click();
  await expect(section.time).toHaveValue("07:30");
  page.once("dialog", (dialog) => dialog.accept());
  await page.getByRole("link", { name: "Leads" }).first().click();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Leads");
});

test("what was typed survives a session that has ended", async ({ company, signedIn }) => {
  const page = await signedIn(company.addUser("Ada Admin", "Company Admin"));
  const section = await AutoAssignment.open(page);
  await section.time.fill("07:30");
  await page.context().clearCookies();
  await section.save();
  await expect(section.section.getByRole("alert")).toContainText("You are signed out.");
  await expect(section.time).toHaveValue("07:30");
  const [tab] = await Promise.all([page.waitForEvent("popup"), section.section.getByRole("link", { name: /Sign in/ }).click()]);
  await tab.getByLabel("Email").fill("ada.admin@example.com");
  await tab.getByLabel("Password").fill(PASSWORD);
  await tab.getByRole("button", { name: "Sign in" }).click();
  await expect(tab.getByRole("heading", { level: 1 })).toHaveText("Settings");
  await section.save();
  await expect(section.section.getByText(/^Saved\./)).toBeVisible();
});
