import { expect, inDays, log, test, withLeads } from "./company.ts";

const SOON = inDays(30);

for (const javaScriptEnabled of [true, false]) {
  test.describe(javaScriptEnabled ? "with JavaScript" : "without JavaScript", () => {
    test.use({ javaScriptEnabled });

    test("a call is logged and stands in the lead's timeline", async ({ company, signedIn }) => {
      const page = await signedIn(withLeads(company, 3), { javaScriptEnabled });
      await page.goto("/leads");
      await page.getByRole("link", { name: "Lead 2" }).click();
      await expect(page.getByRole("heading", { level: 1 })).toHaveText("Lead 2");
      if (javaScriptEnabled) await expect(page.locator("html[data-hydrated]")).toBeAttached();

      // Refused: what was typed stays.
      await page.getByLabel("Note", { exact: true }).fill("Rang twice");
      await page.getByLabel("Duration").fill("soon");
      await log(page, "No Answer");
      await expect(page.getByText(/^Duration is seconds, or minutes/)).toBeVisible();
      await expect(page.getByLabel("Note", { exact: true })).toHaveValue("Rang twice");
      await expect(page.getByRole("radio", { name: "No Answer" })).toBeChecked();

      await page.getByLabel("Duration").fill("0:35");
      await page.getByRole("button", { name: "Log call" }).click();
      const newest = page.getByRole("listitem").filter({ hasText: "Call: No Answer" });
      await expect(newest).toContainText("35 s");
      await expect(newest).toContainText("Rang twice");
      await expect(newest).toContainText("Agent 1");
      await expect(page.locator(".lead-head .pill")).toHaveText("Assigned");
    });

    test("a follow-up asks for a date and moves the lead to Followups", async ({ company, signedIn }) => {
      const page = await signedIn(withLeads(company, 2), { javaScriptEnabled });
      await page.goto("/leads/1");
      if (javaScriptEnabled) await expect(page.locator("html[data-hydrated]")).toBeAttached();
      await expect(page.getByLabel("Next call at")).toBeHidden();
      await page.getByRole("radio", { name: "Follow up" }).check();
      await expect(page.getByLabel("Next call at")).toHaveValue(/^\d{4}-\d\d-\d\dT10:00$/);
      await page.getByLabel("Next call at").fill("2020-01-01T10:00");
      await page.getByRole("button", { name: "Log call" }).click();
      await expect(page.getByText("The next call must be ahead: choose a later time.")).toBeVisible();
      await page.getByLabel("Next call at").fill(`${SOON}T10:30`);
      await page.getByRole("button", { name: "Log call" }).click();
      await expect(page.locator(".lead-head .pill")).toHaveText("Followups");
      await expect(page.getByText(`${SOON} 10:30`).first()).toBeVisible();
    });

    test("in the tasks, a call leads to the next lead", async ({ company, signedIn }) => {
      const page = await signedIn(withLeads(company, 2), { javaScriptEnabled });
      await page.getByRole("link", { name: "Tasks", exact: true }).click();
      await expect(page.getByRole("rowheader")).toHaveText(["Lead 1", "Lead 2"]);
      await page.getByRole("link", { name: "Lead 1" }).click();
      await expect(page.getByRole("heading", { level: 1 })).toHaveText("Lead 1");
      await log(page, "Busy");
      await expect(page.getByRole("heading", { level: 1 })).toHaveText("Lead 2");
      await log(page, "Called");
      await expect(page.getByRole("heading", { level: 1 })).toHaveText("Tasks");
    });
  });
}

test("an agent's lead is nobody else's business", async ({ company, signedIn }) => {
  withLeads(company, 1);
  const other = await signedIn(company.addUser("Agent 2", "Agent", 5));
  const answer = await other.goto("/leads/1");
  expect(answer?.status()).toBe(404);
  await expect(other.getByRole("heading", { level: 1 })).toHaveText("Page not found");
});

test("the tasks are walked by keyboard", async ({ company, signedIn }) => {
  const page = await signedIn(withLeads(company, 3));
  await page.goto("/tasks");
  await expect(page.locator("html[data-hydrated]")).toBeAttached();
  for (const key of ["j", "j", "j", "j", "k"]) await page.keyboard.press(key);
  await expect(page.getByRole("link", { name: "Lead 2" })).toBeFocused();
  await page.keyboard.press("Enter");
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Lead 2");
  await expect(page.getByLabel("Note", { exact: true })).toBeVisible();
  await page.keyboard.press("n");
  await page.keyboard.type("1 of 2 jobs");
  await expect(page.getByLabel("Note", { exact: true })).toHaveValue("1 of 2 jobs");
  await page.getByLabel("Note", { exact: true }).blur();
  await page.keyboard.press("2");
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Lead 1");
  await page.keyboard.press("f");
  await expect(page.getByLabel("Next call at")).toBeFocused();
});

test("what an agent logs shows on the lead's page that a manager has open", async ({ company, signedIn }) => {
  const agent = await signedIn(withLeads(company, 1));
  const manager = await signedIn(company.addUser("Mo Manager", "Manager"));
  await manager.goto("/leads/1");
  await expect(manager.locator("html[data-hydrated]")).toBeAttached();
  await manager.getByLabel("Note", { exact: true }).fill("half a sentence");
  await agent.goto("/leads/1");
  await expect(agent.locator("html[data-hydrated]")).toBeAttached();
  await agent.getByLabel("Lead's status").selectOption("Customer");
  await log(agent, "Called");
  await expect(manager.locator(".lead-head .pill")).toHaveText("Customer");
  await expect(manager.getByText("Status: Assigned → Customer")).toBeVisible();
  await expect(manager.getByLabel("Lead's status").locator("option:checked")).toHaveText("Leave it (Customer)");
  await expect(manager.getByLabel("Note", { exact: true })).toHaveValue("half a sentence");
  expect(company.run(["check"])).not.toContain("BROKEN");
});

test("a lead that is taken away says so on its open page, and what is typed stays", async ({ company, signedIn }) => {
  const page = await signedIn(withLeads(company, 1));
  company.addUser("Agent 2", "Agent", 5);
  const manager = await signedIn(company.addUser("Mo Manager", "Manager"));
  await page.goto("/leads/1");
  await expect(page.locator("html[data-hydrated]")).toBeAttached();
  await page.getByLabel("Note", { exact: true }).fill("half a sentence");
  const note = page.getByLabel("Note without a call");
  await note.fill("half a note");
  await manager.goto("/leads");
  await expect(manager.locator("html[data-hydrated]")).toBeAttached();
  const bar = manager.getByRole("form", { name: "Change the chosen leads" });
  await manager.getByRole("checkbox", { name: "Choose Lead 1" }).check();
  await bar.locator("summary").click();
  await bar.getByRole("checkbox", { name: /^Agent 2/ }).check();
  await bar.getByRole("button", { name: "Assign" }).click();
  await expect(manager.locator("tbody td[data-column=owner]")).toHaveText("Agent 2");
  await expect(page.getByRole("alert")).toContainText(
    "This lead is no longer assigned to you, or you may no longer see it. What you typed is kept below until you leave.",
  );
  for (const name of ["Details", "Next call"]) await expect(page.getByRole("heading", { name })).toHaveCount(0);
  await expect(note).toHaveValue("half a note");
  await page.getByRole("button", { name: "Add note" }).click();
  await expect(page.locator("#done")).toHaveText(
    "Noted. The lead is no longer yours, so its status, next call and owner were left as they are.",
  );
  await expect(note).toHaveValue("");
  await expect(page.locator("#timeline li")).toHaveCount(0);
  await expect(page.getByLabel("Note", { exact: true })).toHaveValue("half a sentence");
  await expect(page.getByRole("link", { name: "Edit" })).toHaveCount(0);
  page.once("dialog", (dialog) => dialog.dismiss());
  await page.getByRole("link", { name: "Back to the leads" }).click();
  await expect(page.getByLabel("Note", { exact: true })).toHaveValue("half a sentence");
  page.once("dialog", (dialog) => dialog.accept());
  await page.getByRole("link", { name: "Back to the leads" }).click();
  await expect(page).toHaveURL(/\/leads$/);
});

test("a call that an address brings is logged once, and the form begins anew", async ({ company, signedIn }) => {
  const page = await signedIn(withLeads(company, 1));
  const call = JSON.stringify({ status: "busy", duration: "1:30", note: "Call back after the match." });
  await page.goto(`/leads/1?call_on=1&call=${encodeURIComponent(call)}#log-call`);
  await expect(page.locator("html[data-hydrated]")).toBeAttached();
  const form = page.locator("#log-call");
  const empty = async () => {
    await expect(form.getByLabel("Note")).toHaveValue("");
    await expect(form.getByLabel("Duration")).toHaveValue("");
    await expect(form.getByRole("radio", { checked: true })).toHaveCount(0);
  };
  await expect(form.getByLabel("Note")).toHaveValue("Call back after the match.");
  await form.getByRole("button", { name: "Log call" }).click();
  await expect(page.getByText("Logged: Busy for Lead 1")).toBeVisible();
  await empty();
  await expect(page).toHaveURL(/\/leads\/1$/);
  await page.reload();
  await expect(page.locator("html[data-hydrated]")).toBeAttached();
  await empty();
  await expect(page.locator("#timeline li[data-kind=call]")).toHaveCount(1);
});

test("on a phone no field of the call is behind the button that logs it", async ({ company, signedIn }) => {
  const page = await signedIn(withLeads(company, 1), { viewport: { width: 390, height: 700 }, hasTouch: true });
  await page.goto("/leads/1");
  await expect(page.locator("html[data-hydrated]")).toBeAttached();
  await page.getByRole("radio", { name: "Follow up", exact: true }).check();
  const button = page.getByRole("button", { name: "Log call" });
  for (const field of [page.getByLabel("Duration"), page.getByLabel("Next call at"), page.getByLabel("Lead's status"), page.getByLabel("Note").first()]) {
    await field.focus();
    await expect(field).toBeInViewport({ ratio: 1 });
    const [top, bar] = [(await field.boundingBox())!, (await button.boundingBox())!];
    expect(top.y + top.height <= bar.y || top.y >= bar.y + bar.height, `${await field.getAttribute("name")} is in sight`).toBe(true);
  }
});
