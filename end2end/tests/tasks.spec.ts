import { expect, log, test, withLeads } from "./company.ts";

for (const javaScriptEnabled of [true, false]) {
  test(`tasks are found by status, time and words: JavaScript ${javaScriptEnabled ? "on" : "off"}`, async ({ company, signedIn }) => {
    const page = await signedIn(withLeads(company, 3), { javaScriptEnabled });
    await page.goto("/leads/2");
    await log(page, "Follow up");
    await expect(page.locator(".lead-head .pill")).toHaveText("Followups");
    await page.goto("/tasks");
    if (javaScriptEnabled) await expect(page.locator("html[data-hydrated]")).toBeAttached();
    const tasks = page.getByRole("rowheader");
    await expect(tasks).toHaveText(["Lead 1", "Lead 3", "Lead 2"]);
    const apply = async () => {
      if (!javaScriptEnabled) await page.getByRole("button", { name: "Filter" }).click();
    };

    await page.getByLabel("Status").selectOption("Followups (1)");
    await apply();
    await expect(tasks).toHaveText(["Lead 2"]);
    await expect(page).toHaveURL(/\/tasks\?.*status=3/);
    await page.getByLabel("Next call").selectOption("Overdue");
    await apply();
    await expect(page.getByRole("heading", { name: "No task matches" })).toBeVisible();
    await expect(page.getByLabel("Status"), "the choice stays").toHaveValue("3");
    await page.getByRole("link", { name: "Clear" }).click();
    await expect(tasks).toHaveCount(3);
    await expect(page.getByLabel("Status")).toHaveValue("");

    await page.getByLabel("Name, phone or email").fill("8725550002");
    await apply();
    await expect(tasks).toHaveText(["Lead 3"]);
    await page.goBack();
    if (!javaScriptEnabled) await expect(tasks).toHaveCount(3);
  });
}

test("in the tasks / searches and j goes to the first that is found", async ({ company, signedIn }) => {
  const page = await signedIn(withLeads(company, 3));
  await page.goto("/tasks");
  await expect(page.locator("html[data-hydrated]")).toBeAttached();
  await page.keyboard.press("/");
  await expect(page.getByLabel("Name, phone or email")).toBeFocused();
  await page.keyboard.type("8725550001");
  await expect(page.getByRole("rowheader")).toHaveText(["Lead 2"]);
  // In a field, j is a letter.
  for (const _ of ["Status", "Next call", "Filter"]) await page.keyboard.press("Tab");
  await expect(page.getByRole("button", { name: "Filter" })).toBeFocused();
  await page.keyboard.press("j");
  await expect(page.getByRole("link", { name: "Lead 2" })).toBeFocused();
});
