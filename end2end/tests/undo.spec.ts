import { expect, log, type Page, test, withLeads } from "./company.ts";

const undo = (page: Page) => page.getByRole("button", { name: "Undo" });
const calls = (page: Page, count: number) => page.getByRole("progressbar", { name: `${count} of 100 calls today` });

for (const javaScriptEnabled of [true, false]) {
  test.describe(javaScriptEnabled ? "with JavaScript" : "without JavaScript", () => {
    test.use({ javaScriptEnabled });

    test("a call is undone on the lead's page: status, follow-up and count are as before", async ({ company, signedIn }) => {
      const page = await signedIn(withLeads(company, 2), { javaScriptEnabled });
      await page.goto("/leads/1");
      if (javaScriptEnabled) await expect(page.locator("html[data-hydrated]")).toBeAttached();
      await log(page, "Follow up");
      await expect(page.locator(".lead-head .pill")).toHaveText("Followups");
      await undo(page).click();
      await expect(page.locator("#log-note")).toHaveText(javaScriptEnabled ? "Undone: Follow up for Lead 1." : "The call was undone.");
      await expect(page.locator(".lead-head .pill")).toHaveText("Assigned");
      await expect(undo(page)).toHaveCount(0);
      const timeline = page.locator(".timeline");
      await expect(timeline.getByText("Status: Followups → Assigned")).toBeVisible();
      await expect(timeline.getByText("Call undone: Follow up")).toBeVisible();
      await expect(timeline.getByText(/so it counts nowhere/)).toBeVisible();
      await expect(timeline.getByText(/taken back/)).toBeVisible();
      await page.goto("/dashboard");
      await expect(calls(page, 0)).toBeVisible();
      expect(company.run(["check"])).not.toContain("BROKEN");
    });

    test("a call is undone on the dashboard, and its lead is next again", async ({ company, signedIn }) => {
      const page = await signedIn(withLeads(company, 2), { javaScriptEnabled });
      if (javaScriptEnabled) await expect(page.locator("html[data-hydrated]")).toBeAttached();
      await log(page, "Busy");
      await expect(calls(page, 1)).toBeVisible();
      await expect(page.getByRole("heading", { name: "Next: Lead 2" })).toBeVisible();
      await undo(page).click();
      await expect(calls(page, 0)).toBeVisible();
      await expect(page.getByRole("heading", { name: "Next: Lead 1" })).toBeVisible();
    });

    test("after ten seconds of the server's clock, it is refused and said", async ({ company, signedIn }) => {
      const page = await signedIn(withLeads(company, 1), { javaScriptEnabled });
      await page.goto("/leads/1");
      if (javaScriptEnabled) await expect(page.locator("html[data-hydrated]")).toBeAttached();
      await log(page, "Busy");
      await expect(undo(page)).toBeVisible();
      company.pass(10_500);
      await undo(page).click();
      await expect(page.getByRole("alert")).toHaveText(/^The ten seconds in which a call can be undone have passed\./);
      await page.goto("/dashboard");
      await expect(calls(page, 1)).toBeVisible();
    });
  });
}

test("in the tasks, u undoes the last call and goes back to its lead", async ({ company, signedIn }) => {
  const page = await signedIn(withLeads(company, 2));
  const heading = page.getByRole("heading", { level: 1 });
  await page.goto("/leads/1?from=tasks");
  await expect(page.locator("html[data-hydrated]")).toBeAttached();
  await page.keyboard.press("1");
  await expect(heading).toHaveText("Lead 2");
  await expect(page.locator("#log-note")).toContainText("Logged: Called for Lead 1.");
  await page.keyboard.press("u");
  await expect(heading).toHaveText("Lead 1");
  await expect(page.locator("#log-note")).toHaveText("Undone: Called for Lead 1.");
  await page.keyboard.press("2");
  await expect(heading).toHaveText("Lead 2");
  await page.keyboard.press("2");
  await expect(heading, "everybody was called").toHaveText("Tasks");
  await page.keyboard.press("u");
  await expect(heading).toHaveText("Lead 2");
  await page.keyboard.press("u");
  await expect(page.getByRole("alert")).toHaveText("Only the call that you logged last can be undone, and only once.");
});

test("the button to undo goes after ten seconds, and the manager's page hears of what was undone", async ({ company, signedIn }) => {
  const page = await signedIn(withLeads(company, 1));
  const manager = await signedIn(company.addUser("Mo Manager", "Manager"));
  for (const open of [page, manager]) await expect(open.locator("html[data-hydrated]")).toBeAttached();
  await log(page, "Called");
  await expect(manager.getByRole("row", { name: /Agent 1 .*1 of 100/ })).toBeVisible();
  await undo(page).focus();
  await expect(undo(page)).toHaveCount(0, { timeout: 12_000 });
  await expect(page.locator("#log-note"), "it keeps the focus").toBeFocused();
  await page.goto("/leads/1");
  await expect(page.locator("html[data-hydrated]")).toBeAttached();
  await log(page, "Busy");
  await expect(manager.getByRole("row", { name: /Agent 1 .*2 of 100/ })).toBeVisible();
  await undo(page).click();
  await expect(manager.getByRole("row", { name: /Agent 1 .*1 of 100/ })).toBeVisible();
});

for (const javaScriptEnabled of [true, false]) {
  test(`a call is corrected in the timeline, JavaScript ${javaScriptEnabled ? "on" : "off"}`, async ({ company, signedIn }) => {
    const page = await signedIn(withLeads(company, 1), { javaScriptEnabled });
    await page.goto("/leads/1");
    if (javaScriptEnabled) await expect(page.locator("html[data-hydrated]")).toBeAttached();
    await log(page, "No Answer");
    const entry = page.locator(".timeline > li").filter({ hasText: "Call: " });
    await entry.locator("summary").click();
    await expect(entry.getByText("The lead's status and the next call stay as they are.")).toBeVisible();
    await entry.getByRole("radio", { name: "Called", exact: true }).check();
    await entry.getByLabel("Duration").fill("soon");
    await entry.getByLabel("Note").fill("They called back");
    await entry.getByRole("button", { name: "Save correction" }).click();
    await expect(entry.getByText(/^Duration is seconds/)).toBeVisible();
    await expect(entry.getByLabel("Note")).toHaveValue("They called back");
    await entry.getByLabel("Duration").fill("2:05");
    await entry.getByRole("button", { name: "Save correction" }).click();
    await expect(page.locator("#done")).toHaveText(
      javaScriptEnabled ? "Corrected: Called, 2 min 5 s. Before: No Answer, no talk time." : "The call was corrected.",
    );
    await expect(entry).toContainText("Call: Called, 2 min 5 s");
    await expect(entry).toContainText("They called back");
    await expect(entry).toContainText(/Corrected at .* by Agent 1, from: Call: No Answer, no talk time\./);
    await expect(page.locator(".lead-head .pill")).toHaveText("Assigned");
  });
}

for (const javaScriptEnabled of [true, false]) {
  test(`a call is corrected once its lead is taken away, JavaScript ${javaScriptEnabled ? "on" : "off"}`, async ({ company, signedIn }) => {
    const page = await signedIn(withLeads(company, 1), { javaScriptEnabled });
    await page.goto("/leads/1");
    if (javaScriptEnabled) await expect(page.locator("html[data-hydrated]")).toBeAttached();
    await log(page, "No Answer");
    await expect(page.getByText(/^(Logged: No Answer|The call was logged)/)).toBeVisible();
    company.sql("UPDATE leads SET owner_id = NULL, assigned_at = NULL, status_id = 1");
    await page.goto("/dashboard");
    await page.getByRole("link", { name: "Your calls today" }).click();
    await expect(page.getByRole("heading", { level: 1 })).toHaveText("Your calls today");
    if (javaScriptEnabled) await expect(page.locator("html[data-hydrated]")).toBeAttached();
    const entry = page.getByRole("listitem").filter({ hasText: "A lead that you may no longer see" });
    await entry.locator("summary").click();
    await entry.getByRole("radio", { name: "Called", exact: true }).check();
    await entry.getByLabel("Duration").fill("soon");
    await entry.getByRole("button", { name: "Save correction" }).click();
    await expect(entry.getByText(/^Duration is seconds/)).toBeVisible();
    await entry.getByLabel("Duration").fill("2:05");
    await entry.getByRole("button", { name: "Save correction" }).click();
    await expect(page.locator("#done")).toHaveText(/^(Corrected: Called, 2 min 5 s|The call was corrected)/);
    await expect(page).toHaveURL(/\/calls/);
    await expect(entry).toContainText("Call: Called, 2 min 5 s");
  });
}

test("a form that is open stays while others log calls", async ({ company, signedIn }) => {
  const page = await signedIn(withLeads(company, 1));
  const manager = await signedIn(company.addUser("Mo Manager", "Manager"));
  await page.goto("/leads/1?from=tasks");
  await expect(page.locator("html[data-hydrated]")).toBeAttached();
  await page.getByRole("radio", { name: "Busy" }).check();
  await page.getByRole("button", { name: "Log call" }).click();
  await page.goto("/leads/1?from=tasks");
  await expect(page.locator("html[data-hydrated]")).toBeAttached();
  const entry = page.locator(".timeline > li").filter({ hasText: "Call: Busy" });
  await entry.locator("summary").click();
  await page.keyboard.press("2");
  await page.evaluate(() => (document.activeElement as HTMLElement).blur());
  await page.keyboard.press("2");
  await entry.getByLabel("Note").fill("half a sentence");
  // No key of the tasks' in here.
  await entry.getByRole("radio", { name: "Called", exact: true }).focus();
  await page.keyboard.press("2");
  await manager.goto("/leads/1");
  await expect(manager.locator("html[data-hydrated]")).toBeAttached();
  await log(manager, "Missed");
  await expect(page.locator(".timeline > li").filter({ hasText: "Call: Missed" })).toBeVisible();
  await expect(entry.getByLabel("Note")).toHaveValue("half a sentence");
  await expect(page.locator(".timeline > li").filter({ hasText: "Call: Busy" })).toHaveCount(1);
});
