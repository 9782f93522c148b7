import { expect, type Page, test, withLeads } from "./company.ts";

const RECONNECTING = /^Reconnecting: figures of \d\d:\d\d\./;

const note = (page: Page) => page.locator(".connection");

async function open(page: Page, path: string) {
  await page.goto(path);
  await expect(page.locator("html[data-hydrated]")).toBeAttached();
  // The stream has said what time it is.
  await page.waitForTimeout(500);
}

/** Whatever a page says while it can't read, it isn't about anything sent. */
async function saysNothingOfWhatWasSent(page: Page) {
  expect(await page.locator("body").innerText()).not.toMatch(/you sent|was changed|was saved|was sent|was done/i);
}

for (const look of [{}, { viewport: { width: 390, height: 844 }, colorScheme: "dark" as const, reducedMotion: "reduce" as const }]) {
  test(`a page says since when the server is gone, and is up to date once it is back${look.viewport ? ", on a phone" : ""}`, async ({ company, signedIn, site }) => {
    const page = await signedIn(withLeads(company, 3), look);
    await open(page, "/dashboard");
    const shown = company.now();
    await company.kill();
    await expect(note(page)).toHaveText(RECONNECTING);
    const said = (await note(page).innerText()).match(/(\d\d):(\d\d)/)!;
    const minutes = Number(said[1]) * 60 + Number(said[2]);
    const then = new Date(shown + 5.5 * 3600_000);
    expect(Math.abs(then.getUTCHours() * 60 + then.getUTCMinutes() - minutes)).toBeLessThanOrEqual(1);
    await expect(note(page)).toBeInViewport();
    await expect(page.getByRole("heading", { name: /^Next: Lead 1/ }), "what it shows stays").toBeVisible();
    await saysNothingOfWhatWasSent(page);
    company.sql("UPDATE leads SET first_name = 'Renamed' WHERE id = 1");
    await company.serve(site.replace("http://", ""));
    await expect(page.getByRole("heading", { name: /^Next: Renamed/ })).toBeVisible({ timeout: 20_000 });
    await expect(note(page)).toBeEmpty();
  });
}

test("a server that says nothing is gone, too", async ({ company, signedIn }) => {
  const page = await signedIn(withLeads(company, 3));
  await open(page, "/dashboard");
  company.hold(true);
  await expect(note(page)).toHaveText(RECONNECTING, { timeout: 15_000 });
  company.hold(false);
  await expect(note(page)).toBeEmpty({ timeout: 20_000 });
});

test("what is asked for while the server is gone comes by itself", async ({ company, signedIn, site }) => {
  const page = await signedIn(withLeads(company, 3));
  const other = await page.context().newPage();
  await open(page, "/tasks");
  await open(other, "/tasks");
  await company.kill();
  // Another part of a list that is there, and a page that isn't.
  await page.getByLabel("Name, phone or email").fill("lead 2");
  await other.getByRole("link", { name: "Your calls today" }).or(other.getByRole("link", { name: "Dashboard" })).first().click();
  await expect(note(page)).toContainText("What you asked for last comes once the server answers.");
  await expect(other.getByRole("alert")).toContainText("The server can't be reached just now. This is read as soon as it can be.");
  for (const tab of [page, other]) await saysNothingOfWhatWasSent(tab);
  await company.serve(site.replace("http://", ""));
  await expect(page.getByRole("rowheader")).toHaveText(["Lead 2"], { timeout: 20_000 });
  await expect(other.getByRole("heading", { name: /^Next: Lead 1/ })).toBeVisible({ timeout: 20_000 });
  for (const tab of [page, other]) await expect(note(tab)).toBeEmpty({ timeout: 20_000 });
});

test("what the server fails to read is read again", async ({ company, signedIn }) => {
  const page = await signedIn(withLeads(company, 3));
  await open(page, "/tasks");
  let fails = true;
  await page.route("**/api/tasks*", async (route) => {
    if (fails) await route.fulfill({ status: 503, contentType: "application/json", body: '"unavailable"' });
    else await route.continue();
  });
  await page.getByLabel("Name, phone or email").fill("lead 2");
  await expect(note(page)).toHaveText("Not everything could be read just now. It is read again by itself.");
  await saysNothingOfWhatWasSent(page);
  fails = false;
  await expect(page.getByRole("rowheader")).toHaveText(["Lead 2"]);
  await expect(note(page)).toBeEmpty();
});
