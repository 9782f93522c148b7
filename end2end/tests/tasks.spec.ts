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
    await page.getByRole("link", { name: "Clear filters" }).click();
    await expect(tasks).toHaveCount(3);
    await expect(page.getByLabel("Status")).toHaveValue("");

    await page.getByLabel("Name, phone or email").fill("8725550002");
    await apply();
    await expect(tasks).toHaveText(["Lead 3"]);
    await page.goBack();
    if (!javaScriptEnabled) await expect(tasks).toHaveCount(3);
  });
}

test("a blank that is typed into the search stays, and one types on", async ({ company, signedIn }) => {
  const page = await signedIn(withLeads(company, 3));
  await page.goto("/tasks");
  await expect(page.locator("html[data-hydrated]")).toBeAttached();
  const search = page.getByLabel("Name, phone or email");
  await search.pressSequentially("lead ");
  await expect(page).toHaveURL(/q=lead$/);
  await expect(page.getByRole("rowheader")).toHaveCount(3);
  await search.pressSequentially("2");
  await expect(page.getByRole("rowheader")).toHaveText(["Lead 2"]);
  await expect(search).toHaveValue("lead 2");
});

test("in the tasks / searches, j goes to the first that is found, and calls go on among those", async ({ company, signedIn }) => {
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
  await page.keyboard.press("Enter");
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Lead 2");
  await page.keyboard.press("2");
  await expect(page, "no other is found").toHaveURL(/\/tasks\?q=8725550001$/);
  await expect(page.getByText("Logged: Busy for Lead 2")).toBeVisible();
});

test("in the tasks a number logs the call, the focus keeps its place, and u takes the call back", async ({ company, signedIn }) => {
  const page = await signedIn(withLeads(company, 3));
  await page.goto("/tasks");
  await expect(page.locator("html[data-hydrated]")).toBeAttached();
  const tasks = page.getByRole("rowheader");
  const said = page.locator("#log-note");
  const lead = (number: number) => page.getByRole("link", { name: `Lead ${number}`, exact: true });
  // On no row, a number means nothing.
  await page.keyboard.press("1");
  await page.keyboard.press("j");
  await expect(lead(1)).toBeFocused();
  await page.keyboard.press("6");
  await expect(said).toContainText("Logged: Follow up for Lead 1, next call ");
  await expect(tasks).toHaveText(["Lead 2", "Lead 3", "Lead 1"]);
  await expect(lead(2), "it stands where Lead 1 stood").toBeFocused();

  await page.keyboard.press("2");
  await expect(said).toContainText("Logged: Busy for Lead 2.");
  await expect(lead(3), "the next, though Lead 2 stays where it is").toBeFocused();
  await expect(page.getByRole("row", { name: "Lead 2" })).toContainText("Called today");
  // What is pressed at once is meant for the lead that comes back, and isn't logged on another.
  await page.keyboard.press("u");
  await page.keyboard.press("4");
  await expect(said).toHaveText("Undone: Busy for Lead 2.");
  await expect(page).toHaveURL(/\/tasks$/);
  await expect(page.getByRole("row", { name: "Lead 2" })).not.toContainText("Called today");
  await expect(lead(2), "the focus is back with the lead").toBeFocused();
  await page.keyboard.press("2");
  await expect(said).toContainText("Logged: Busy for Lead 2.");
  await expect(lead(3)).toBeFocused();
  await page.getByRole("button", { name: "Undo" }).click();
  await expect(said).toHaveText("Undone: Busy for Lead 2.");
  await expect(lead(2), "by the button, too").toBeFocused();

  // The last row leaves a list that asks for Assigned: the focus goes to the row before it.
  await page.goto("/tasks?status=2");
  await expect(page.locator("html[data-hydrated]")).toBeAttached();
  for (const _ of [2, 3]) await page.keyboard.press("j");
  await expect(lead(3)).toBeFocused();
  await page.keyboard.press("7");
  await expect(tasks).toHaveText(["Lead 2"]);
  await expect(lead(2)).toBeFocused();
  await page.goto("/dashboard");
  await expect(page.getByRole("progressbar", { name: "2 of 100 calls today" })).toBeVisible();
  expect(company.run(["check"])).not.toContain("BROKEN");
});

test("a number counts on another row while the list is read again, and on the same row once", async ({ company, signedIn }) => {
  const page = await signedIn(withLeads(company, 3));
  await page.goto("/tasks");
  await expect(page.locator("html[data-hydrated]")).toBeAttached();
  let read = () => {};
  const pressed = new Promise<void>((resolve) => (read = resolve));
  await page.route("**/api/tasks*", async (route) => {
    await pressed;
    await route.continue();
  });
  for (const key of ["j", "2", "2"]) await page.keyboard.press(key);
  await expect(page.locator("#log-note")).toContainText("Logged: Busy for Lead 1.");
  for (const key of ["j", "7"]) await page.keyboard.press(key);
  await expect(page.locator("#log-note")).toContainText("Logged: Rescheduled for Lead 2");
  read();
  await expect(page.getByRole("rowheader")).toHaveText(["Lead 1", "Lead 3", "Lead 2"]);
  await expect(page.getByRole("link", { name: "Lead 3", exact: true }), "the one after it").toBeFocused();
  await expect(page.getByText("Your queue has changed.")).toHaveCount(0);
  await page.goto("/dashboard");
  await expect(page.getByRole("progressbar", { name: "2 of 100 calls today" })).toBeVisible();
});

test("a call that can't be logged from the tasks is said, and the list is read again", async ({ company, signedIn }) => {
  const page = await signedIn(withLeads(company, 2));
  await page.goto("/tasks");
  await expect(page.locator("html[data-hydrated]")).toBeAttached();
  await page.keyboard.press("j");
  await expect(page.getByRole("link", { name: "Lead 1", exact: true })).toBeFocused();
  // Unheard by the page.
  company.sql("UPDATE leads SET owner_id = NULL, status_id = 1 WHERE id = 1");
  await page.keyboard.press("1");
  await expect(page.getByRole("alert")).toHaveText("This lead is no longer assigned to you, or you may no longer see it, so the call was not logged.");
  await expect(page.getByRole("rowheader")).toHaveText(["Lead 2"]);
});

test("in the tasks n opens the lead at its note, and f at its follow-up", async ({ company, signedIn }) => {
  const page = await signedIn(withLeads(company, 2));
  const heading = page.getByRole("heading", { level: 1 });
  for (const key of ["n", "f"]) {
    await page.goto("/tasks");
    await expect(page.locator("html[data-hydrated]")).toBeAttached();
    await page.keyboard.press("j");
    await expect(page.getByRole("link", { name: "Lead 1", exact: true })).toBeFocused();
    await page.keyboard.press(key);
    await expect(heading).toHaveText("Lead 1");
    await expect(page).toHaveURL(/\/leads\/1\?from=tasks#call-/);
    const form = page.locator("#log-call");
    if (key === "n") {
      await expect(form.getByLabel("Note")).toBeFocused();
      await expect(form.getByLabel("Note"), "the key itself isn't typed").toHaveValue("");
    } else {
      await expect(form.getByRole("radio", { name: "Follow up" })).toBeChecked();
      await expect(form.getByLabel("Next call at")).toBeFocused();
    }
  }
  // Logging leads on, and the next lead begins anywhere.
  await page.keyboard.press("Enter");
  await expect(heading).toHaveText("Lead 2");
  await expect(page).toHaveURL(/\/leads\/2\?from=tasks$/);
  await expect(page.locator("#log-call").getByRole("radio", { name: "Follow up" })).not.toBeChecked();
});

test("what is due today leads into the tasks", async ({ company, signedIn }) => {
  const page = await signedIn(withLeads(company, 2));
  await page.goto("/leads/1");
  await expect(page.locator("html[data-hydrated]")).toBeAttached();
  await log(page, "Follow up");
  await expect(page.locator(".lead-head .pill")).toHaveText("Followups");
  company.sql(`UPDATE follow_ups SET due_at = ${company.now()}`);
  await page.goto("/dashboard");
  await page.getByRole("region", { name: "Due today" }).getByRole("link", { name: "Lead 1", exact: true }).click();
  await expect(page).toHaveURL(/\/leads\/1\?from=tasks$/);
});
