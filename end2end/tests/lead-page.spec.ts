import { type Company, expect, inDays, log, type Page, test, withLeads } from "./company.ts";

const [SOON, LATER] = [inDays(30), inDays(60)];

const timeline = (page: Page) => page.getByRole("region", { name: "Timeline" });
const nextCall = (page: Page) => page.getByRole("region", { name: "Next call" });

/** Opens Lead 1's page, ready for use. */
async function open(page: Page, javaScriptEnabled: boolean, path = "/leads/1") {
  await page.goto(path);
  if (javaScriptEnabled) await expect(page.locator("html[data-hydrated]")).toBeAttached();
}

/** Gives Lead 1 this many notes, the first the oldest. */
function addNotes(company: Company, count: number) {
  const rows = Array.from({ length: count }, (_, n) => `(1, 1, ${1_600_000_000_000 + n}, 'Old note ${n + 1}.')`);
  company.sql(`INSERT INTO lead_notes (lead_id, user_id, at, note) VALUES ${rows.join(", ")}`);
}

for (const javaScriptEnabled of [true, false]) {
  test.describe(javaScriptEnabled ? "with JavaScript" : "without JavaScript", () => {
    test.use({ javaScriptEnabled });

    test("something is noted without a call", async ({ company, signedIn }) => {
      const page = await signedIn(withLeads(company, 1), { javaScriptEnabled });
      await open(page, javaScriptEnabled);
      const card = timeline(page);
      const field = card.getByLabel("Note without a call");
      await field.fill("  ");
      await card.getByRole("button", { name: "Add note" }).click();
      await expect(card.getByText("Write something down first.")).toBeVisible();
      await field.fill("Wrote an email:\nwants a quote");
      await card.getByRole("button", { name: "Add note" }).click();
      await expect(page.locator("#done")).toHaveText(javaScriptEnabled ? "Noted on Lead 1." : "The note was added.");
      await expect(field).toHaveValue("");
      await expect(card.getByText("Write something down first.")).toHaveCount(0);
      const newest = card.getByRole("listitem").first();
      await expect(newest).toContainText("Wrote an email:");
      await expect(newest).toContainText("Agent 1");
      await page.goto("/dashboard");
      await expect(page.getByRole("progressbar", { name: "0 of 100 calls today" })).toBeVisible();
    });

    test("the next call is set, moved and dropped without a call", async ({ company, signedIn }) => {
      const page = await signedIn(withLeads(company, 1), { javaScriptEnabled });
      await open(page, javaScriptEnabled);
      const card = nextCall(page);
      const field = card.getByLabel("Date and time");
      const status = page.locator(".lead-head .pill");
      await expect(card.getByText("No call is agreed on.")).toBeVisible();
      await expect(field).toHaveValue(/^\d{4}-\d\d-\d\dT10:00$/);
      await expect(card.getByRole("button", { name: "Cancel the next call" })).toHaveCount(0);

      await field.fill("2020-01-01T10:00");
      await card.getByRole("button", { name: "Save" }).click();
      await expect(card.getByText("The next call must be ahead: choose a later time.")).toBeVisible();
      await expect(field).toHaveValue("2020-01-01T10:00");
      await expect(status).toHaveText("Assigned");

      await field.fill(`${SOON}T10:30`);
      await card.getByRole("button", { name: "Save" }).click();
      await expect(status).toHaveText("Followups");
      await expect(card.getByRole("status")).toHaveText(
        javaScriptEnabled ? `Next call with Lead 1: ${SOON} 10:30 IST.` : "The next call is agreed on.",
      );
      await expect(card.locator("time")).toHaveText(`${SOON} 10:30`);

      await field.fill(`${LATER}T11:00`);
      await card.getByRole("button", { name: "Save" }).click();
      await expect(card.locator("time")).toHaveText(`${LATER} 11:00`);
      await expect(timeline(page).getByText(new RegExp(`Next call agreed for ${SOON} 10:30, moved `))).toBeVisible();

      await card.getByRole("button", { name: "Cancel the next call" }).click();
      await expect(card.getByText("No call is agreed on.")).toBeVisible();
      await expect(card.getByRole("button", { name: "Cancel the next call" })).toHaveCount(0);
      await expect(timeline(page).getByText(new RegExp(`Next call agreed for ${LATER} 11:00, dropped .* by Agent 1`))).toBeVisible();
      await expect(field, "the next working day is offered again").toHaveValue(/^20[0-8]\d-\d\d-\d\dT10:00$/);
      await expect(status, "it stays").toHaveText("Followups");
      expect(company.run(["check"])).not.toContain("BROKEN");
    });

    test("older entries are shown by a link", async ({ company, signedIn }) => {
      const page = await signedIn(withLeads(company, 1), { javaScriptEnabled });
      addNotes(company, 350);
      await open(page, javaScriptEnabled, "/leads/1?from=tasks");
      const entries = timeline(page).getByRole("listitem");
      const more = page.getByRole("link", { name: "Show older" });
      await expect(entries).toHaveCount(100);
      await page.getByLabel("Duration").fill("0:35");
      await more.click();
      await expect(page).toHaveURL(/\/leads\/1\?from=tasks&shown=300/);
      await expect(entries).toHaveCount(300);
      if (javaScriptEnabled) {
        await expect(page.getByLabel("Duration"), "what is typed stays").toHaveValue("0:35");
        await expect(page).toHaveURL(/shown=300$/);
      }
      await expect(entries.nth(javaScriptEnabled ? 100 : 99), "the page goes on where it was").toBeInViewport();
      await more.click();
      await expect(page).toHaveURL(/shown=500/);
      await expect(timeline(page).getByText("Old note 1.", { exact: true })).toBeVisible();
      await expect(more).toHaveCount(0);
    });
  });
}

test("who types meanwhile isn't taken away by what was done", async ({ company, signedIn }) => {
  const page = await signedIn(withLeads(company, 1));
  await open(page, true, "/leads/1?from=tasks");
  let answer = () => {};
  const typed = new Promise<void>((resolve) => (answer = resolve));
  await page.route("**/api/**note**", async (route) => {
    await typed;
    await route.continue();
  });
  await timeline(page).getByLabel("Note without a call").fill("Wrote an email");
  await timeline(page).getByRole("button", { name: "Add note" }).click();
  const note = page.getByRole("region", { name: "Log a call" }).getByLabel("Note");
  await note.pressSequentially("after ");
  answer();
  await expect(page.locator("#done")).toHaveText("Noted on Lead 1.");
  // The note would take the focus in the frame after it is there.
  await page.evaluate(() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))));
  await page.keyboard.type("5 pm");
  await expect(note).toHaveValue("after 5 pm");
});

test("a customer's page shows older entries too, and writes none", async ({ company, signedIn }) => {
  const page = await signedIn(withLeads(company, 1));
  await open(page, true);
  await page.getByLabel("Lead's status").selectOption("Customer");
  await log(page, "Called");
  await expect(page.locator(".lead-head .pill")).toHaveText("Customer");
  addNotes(company, 150);
  await open(page, true, "/customers/1");
  const entries = timeline(page).getByRole("listitem");
  await expect(entries).toHaveCount(100);
  await page.getByRole("link", { name: "Show older" }).click();
  await expect(timeline(page).getByText("Old note 1.", { exact: true })).toBeVisible();
  await expect(page.getByRole("link", { name: "Show older" })).toHaveCount(0);
  await expect(page.getByLabel("Note without a call")).toHaveCount(0);
  await expect(nextCall(page)).toHaveCount(0);
});

test("what one writes shows on the page that another has open, where what is typed stays", async ({ company, signedIn }) => {
  const agent = await signedIn(withLeads(company, 1));
  const manager = await signedIn(company.addUser("Mo Manager", "Manager"));
  for (const page of [agent, manager]) await open(page, true);
  await manager.getByLabel("Note without a call").fill("half a sentence");
  await manager.getByLabel("Duration").fill("0:35");
  await timeline(agent).getByLabel("Note without a call").fill("Wrote an email");
  await agent.getByRole("button", { name: "Add note" }).click();
  await expect(timeline(manager).locator(".timeline-note").getByText("Wrote an email")).toBeVisible();
  await nextCall(agent).getByLabel("Date and time").fill(`${SOON}T10:30`);
  await nextCall(agent).getByRole("button", { name: "Save" }).click();
  await expect(nextCall(manager).locator("time")).toHaveText(`${SOON} 10:30`);
  await expect(nextCall(manager).getByLabel("Date and time"), "it follows").toHaveValue(`${SOON}T10:30`);
  await expect(manager.getByLabel("Note without a call")).toHaveValue("half a sentence");
  await expect(manager.getByLabel("Duration")).toHaveValue("0:35");
});

test("a call that was agreed on and then moved is not undone", async ({ company, signedIn }) => {
  const page = await signedIn(withLeads(company, 1));
  await open(page, true);
  await log(page, "Follow up");
  await expect(page.locator(".lead-head .pill")).toHaveText("Followups");
  await nextCall(page).getByLabel("Date and time").fill(`${SOON}T10:30`);
  await nextCall(page).getByRole("button", { name: "Save" }).click();
  await expect(nextCall(page).locator("time")).toHaveText(`${SOON} 10:30`);
  await page.getByRole("button", { name: "Undo" }).click();
  await expect(page.getByRole("alert")).toHaveText("The lead has changed since the call was logged, so the call stays.");
  await expect(nextCall(page).locator("time")).toHaveText(`${SOON} 10:30`);
});

test("neither form needs more room than a phone has, and the tasks' keys are the call's alone", async ({ company, signedIn }) => {
  const page = await signedIn(withLeads(company, 2), { viewport: { width: 390, height: 844 } });
  await open(page, true, "/leads/1?from=tasks");
  const overflow = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
  expect(overflow).toBeLessThanOrEqual(0);
  for (const button of [nextCall(page).getByRole("button", { name: "Save" }), page.getByRole("button", { name: "Add note" })]) {
    expect((await button.boundingBox())!.height).toBeGreaterThanOrEqual(24);
    // No key of the tasks' in here.
    await button.focus();
    await page.keyboard.press("1");
  }
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Lead 1");
  await page.getByRole("heading", { level: 1 }).click();
  await page.keyboard.press("n");
  await expect(page.getByLabel("Note", { exact: true })).toBeFocused();
});
