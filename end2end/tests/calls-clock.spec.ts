import { expect, log, type Page, test, withLeads } from "./company.ts";

/** The form of the page's lead. */
const form = (page: Page) => page.locator("#log-call");
const duration = (page: Page) => form(page).getByLabel("Duration");
const counting = (page: Page) => form(page).getByText("Counting since you pressed Call. Type to change it.");

/** Presses Call; nothing rings here. */
async function call(page: Page) {
  await page.evaluate(() => {
    document.addEventListener("click", (event) => {
      if (event.target instanceof Element && event.target.closest("a[href^='tel:']")) event.preventDefault();
    });
  });
  await form(page).getByRole("link", { name: /^Call \+/ }).click();
}

test("a call is timed from the press of Call, unless a duration is typed", async ({ company, signedIn }) => {
  const page = await signedIn(withLeads(company, 1));
  await page.goto("/leads/1");
  await expect(page.locator("html[data-hydrated]")).toBeAttached();
  const entry = (outcome: string) => page.locator(".timeline > li").filter({ hasText: `Call: ${outcome}` });
  await expect(counting(page)).toHaveCount(0);
  await call(page);
  await expect(counting(page)).toBeVisible();
  await expect(duration(page)).toHaveValue(/^0:0[2-9]$/);
  // With those, nobody talked.
  await form(page).getByRole("radio", { name: "Busy" }).check();
  await expect(duration(page)).toHaveValue("");
  await log(page, "Called");
  await expect(entry("Called")).toContainText(/Call: Called, \d+ s/);
  await expect(counting(page), "it counts no more").toHaveCount(0);
  await expect(duration(page)).toHaveValue("");

  await call(page);
  await expect(duration(page)).toHaveValue(/^0:\d\d$/);
  await log(page, "Busy");
  await expect(entry("Busy")).toContainText("Call: Busy, no talk time");

  await call(page);
  await expect(duration(page)).toHaveValue(/^0:\d\d$/);
  await duration(page).fill("2:05");
  await expect(counting(page)).toHaveCount(0);
  await log(page, "Missed");
  await expect(entry("Missed")).toContainText("Call: Missed, 2 min 5 s");

  // What was typed first stays.
  await duration(page).fill("0:42");
  await call(page);
  await expect(counting(page)).toHaveCount(0);
  await expect(duration(page)).toHaveValue("0:42");
});

test("a key logs what was counted, and nothing where nobody was reached", async ({ company, signedIn }) => {
  const page = await signedIn(withLeads(company, 2));
  const logged: [number, string, string, RegExp][] = [
    [1, "1", "Called", /Call: Called, \d+ s/],
    [2, "3", "No Answer", /Call: No Answer, no talk time/],
  ];
  for (const [lead, key, outcome, says] of logged) {
    await page.goto(`/leads/${lead}?from=tasks`);
    await expect(page.locator("html[data-hydrated]")).toBeAttached();
    await call(page);
    await expect(duration(page)).toHaveValue(/^0:\d\d$/);
    await page.keyboard.press(key);
    await expect(page.locator("#log-note")).toContainText(`Logged: ${outcome} for Lead ${lead}.`);
    await page.goto(`/leads/${lead}`);
    await expect(page.locator(".timeline > li").filter({ hasText: "Call: " })).toContainText(says);
  }
});

test("on the dashboard the lead stays while its call is timed", async ({ company, signedIn }) => {
  const agent = withLeads(company, 2);
  const [page, tab] = [await signedIn(agent), await signedIn(agent)];
  for (const open of [page, tab]) await expect(open.locator("html[data-hydrated]")).toBeAttached();
  await call(page);
  await expect(duration(page)).toHaveValue(/^0:\d\d$/);
  await log(tab, "Busy");
  await expect(page.getByRole("progressbar", { name: "1 of 100 calls today" })).toBeVisible();
  await expect(page.getByRole("heading", { name: "Next: Lead 1" })).toBeVisible();
  await log(page, "Called");
  await expect(page.locator("#log-note")).toContainText("Logged: Called for Lead 1.");
  await page.goto("/leads/1");
  await expect(page.locator(".timeline > li").filter({ hasText: "Call: Called" })).toContainText(/Call: Called, \d+ s/);
});
