import { expect, PASSWORD, type Page, test, withLeads } from "./company.ts";

async function setTarget(admin: Page, calls: number) {
  await admin.goto("/settings?tab=configurations");
  const section = admin.getByRole("region", { name: "Daily call target" });
  await expect(section.locator("form[data-interactive]")).toBeVisible();
  await section.getByRole("textbox", { name: "Daily call target" }).fill(String(calls));
  await section.getByLabel("Your password").fill(PASSWORD);
  await section.getByRole("button", { name: "Save" }).click();
  await expect(section.getByText(/^Saved\./)).toBeVisible();
}

async function logOnNext(page: Page) {
  const before = await page.getByRole("heading", { level: 2, name: /^Next:/ }).textContent();
  await page.getByRole("radio", { name: "Busy" }).check();
  await page.getByRole("button", { name: "Log call" }).click();
  await expect(page.getByText(/^Logged: Busy for/)).toBeVisible();
  await expect(page.getByText(before ?? "", { exact: true })).toHaveCount(0);
}

test("Daily call target: shown at the top of the Agent dashboard as a progress bar", async ({ company, signedIn }) => {
  const agent = withLeads(company, 4);
  const page = await signedIn(agent);
  const tab = await signedIn(agent);
  const admin = await signedIn("ada.admin@example.com");
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Dashboard");
  const bar = page.getByRole("progressbar", { name: "0 of 100 calls today" });
  await expect(bar).toBeVisible();
  const [barBox, heading] = [await bar.boundingBox(), await page.getByRole("heading", { level: 1 }).boundingBox()];
  expect(barBox!.y, "above everything else of the page").toBeLessThan(heading!.y);
  for (const open of [page, tab]) await expect(open.locator("html[data-hydrated]")).toBeAttached();
  await logOnNext(page);
  await expect(page.getByRole("progressbar", { name: "1 of 100 calls today" })).toHaveAttribute("value", "1");
  await expect(tab.getByRole("progressbar", { name: "1 of 100 calls today" }), "in the other tab too").toBeVisible();

  await setTarget(admin, 4);
  await expect(page.getByRole("progressbar", { name: "1 of 4 calls today" })).toHaveAttribute("max", "4");
  await expect(page.getByText("25 %")).toBeVisible();
});

test("Daily call target: a soft target, 112 % is shown as 112 % and nobody is blocked", async ({ company, signedIn }) => {
  const page = await signedIn(withLeads(company, 12));
  await setTarget(await signedIn("ada.admin@example.com"), 8);
  await page.goto("/dashboard");
  await expect(page.locator("html[data-hydrated]")).toBeAttached();
  for (let n = 0; n < 9; n++) await logOnNext(page);
  const bar = page.getByRole("progressbar", { name: "9 of 8 calls today" });
  await expect(bar).toHaveAttribute("max", "8");
  await expect(bar, "the bar is full").toHaveAttribute("value", "8");
  await expect(page.getByText("112 %")).toBeVisible();
  await logOnNext(page);
  await expect(page.getByRole("progressbar", { name: "10 of 8 calls today" })).toBeVisible();
});

test("the dashboard works without JavaScript", async ({ company, signedIn }) => {
  const page = await signedIn(withLeads(company, 2), { javaScriptEnabled: false });
  await expect(page.getByRole("heading", { level: 2, name: "Next: Lead 1" })).toBeVisible();
  await expect(page.getByRole("link", { name: /^Call \+1872555/ })).toHaveAttribute("href", /^tel:\+1872555/);
  await expect(page.getByText(/top-up brought 2 leads/i)).toBeVisible();
  await page.getByRole("radio", { name: "Busy" }).check();
  await page.getByRole("button", { name: "Log call" }).click();
  await expect(page.getByText("The call was logged.")).toBeVisible();
  await expect(page.getByRole("progressbar", { name: "1 of 100 calls today" })).toBeVisible();
  await expect(page.getByRole("heading", { level: 2, name: "Next: Lead 2" })).toBeVisible();
});

test("on a phone, what was logged and the next lead come into sight", async ({ company, signedIn }) => {
  const page = await signedIn(withLeads(company, 2), { viewport: { width: 390, height: 700 } });
  await expect(page.locator("html[data-hydrated]")).toBeAttached();
  await page.getByRole("radio", { name: "Busy" }).check();
  await page.getByLabel("Note").fill("engaged");
  await page.evaluate(() => scrollTo(0, document.body.scrollHeight));
  await page.getByRole("button", { name: "Log call" }).click();
  await expect(page.getByText("Logged: Busy for Lead 1.")).toBeInViewport();
  await expect(page.getByRole("heading", { level: 2, name: "Next: Lead 2" })).toBeInViewport();
});

test("what is typed stays while the queue changes", async ({ company, signedIn }) => {
  const agent = withLeads(company, 2);
  const page = await signedIn(agent);
  const tab = await signedIn(agent);
  for (const open of [page, tab]) await expect(open.locator("html[data-hydrated]")).toBeAttached();
  await page.getByLabel("Note").fill("half a sentence");
  await logOnNext(tab);
  await expect(page.getByRole("progressbar", { name: "1 of 100 calls today" })).toBeVisible();
  await expect(page.getByText("This lead is no longer the next one.")).toBeVisible();
  await expect(page.getByLabel("Note")).toHaveValue("half a sentence");
  await expect(page.getByRole("heading", { level: 2, name: "Next: Lead 1" })).toBeVisible();
  await page.getByRole("button", { name: "Go on" }).click();
  await expect(page.getByRole("heading", { level: 2, name: "Next: Lead 2" })).toBeVisible();
  await expect(page.getByLabel("Note")).toHaveValue("");
  await expect(page.getByText("This lead is no longer the next one.")).toHaveCount(0);
});

test("a manager sees the team live", async ({ company, signedIn }) => {
  const agent = await signedIn(withLeads(company, 2));
  const manager = await signedIn(company.addUser("Mo Manager", "Manager"));
  const row = manager.getByRole("row", { name: /^Agent 1 / });
  await expect(row).toHaveAccessibleName("Agent 1 0 of 100 0 % 0 0 2 of 50 0 0");
  await expect(manager.getByText("2 leads added across 1 agent", { exact: false })).toBeVisible();
  for (const open of [agent, manager]) await expect(open.locator("html[data-hydrated]")).toBeAttached();
  const link = row.getByRole("link", { name: "Agent 1" });
  await link.focus();
  await agent.getByRole("radio", { name: "Called" }).check();
  await agent.getByLabel("Duration").fill("1:30");
  await agent.getByRole("button", { name: "Log call" }).click();
  await expect(row).toHaveAccessibleName("Agent 1 1 of 100 1 % 1 1 2 of 50 0 0");
  await expect(manager.getByText("100 % of the calls")).toBeVisible();
  await expect(link, "the row changed in place").toBeFocused();
});

/** The names of the agents in the team's table, from top to bottom. */
const team = (page: Page) => page.getByRole("table", { name: "Each agent today" }).getByRole("rowheader");
const head = (page: Page, title: string) => page.getByRole("columnheader", { name: title });

for (const javaScriptEnabled of [true, false]) {
  test(`the team is sorted and found in the address, ${javaScriptEnabled ? "with" : "without"} JavaScript`, async ({ company, signedIn }) => {
    withLeads(company, 2);
    company.addUser("Bela Agent", "Agent", 5);
    company.addUser("Zoe Agent", "Agent", 5);
    const page = await signedIn(company.addUser("Mo Manager", "Manager"), { javaScriptEnabled });
    await expect(team(page)).toHaveText(["Agent 1", "Bela Agent", "Zoe Agent"]);
    if (javaScriptEnabled) await expect(page.locator("html[data-hydrated]")).toBeAttached();
    await expect(head(page, "Agent")).toHaveAttribute("aria-sort", "ascending");
    const navigated: string[] = [];
    page.on("request", (request) => {
      if (request.isNavigationRequest()) navigated.push(request.url());
    });
    // What is there is sorted, even where nothing can be read.
    await page.route("**/api/dashboard", (route) => route.abort());

    await head(page, "Agent").getByRole("link").click();
    await expect(page).toHaveURL(/\/dashboard\?sort=-agent$/);
    await expect(team(page)).toHaveText(["Zoe Agent", "Bela Agent", "Agent 1"]);
    await expect(head(page, "Agent")).toHaveAttribute("aria-sort", "descending");
    await head(page, "Queue").getByRole("link").click();
    await expect(page).toHaveURL(/\?sort=-queue$/);
    await expect(team(page)).toHaveText(["Agent 1", "Bela Agent", "Zoe Agent"]);
    await head(page, "Queue").getByRole("link").click();
    await expect(page).toHaveURL(/\?sort=queue$/);
    await expect(team(page)).toHaveText(["Bela Agent", "Zoe Agent", "Agent 1"]);
    await expect(page.locator("[aria-sort]")).toHaveCount(1);
    if (javaScriptEnabled) {
      await expect(head(page, "Queue").getByRole("link"), "what was pressed stays").toBeFocused();
      expect(navigated, "the page stays").toEqual([]);
      await page.keyboard.press("/");
      await expect(page.getByLabel("Agent's name")).toBeFocused();
    }

    await page.getByLabel("Agent's name").fill("ag z");
    await page.getByRole("button", { name: "Search" }).click();
    await expect(team(page)).toHaveText(["Zoe Agent"]);
    await expect(page.getByText("1 of 3 agents")).toBeVisible();
    await expect(page, "the order stays").toHaveURL(/sort=queue/);
    await expect(page.getByText("0 % of 300"), "the sums are the whole team's").toBeVisible();
    await page.getByRole("link", { name: "Clear search" }).click();
    await expect(team(page)).toHaveText(["Bela Agent", "Zoe Agent", "Agent 1"]);
    await expect(page.getByLabel("Agent's name")).toHaveValue("");

    if (javaScriptEnabled) {
      // As long as the program hasn't taken over.
      await page.route("**/*.wasm", (route) => new Promise(() => route));
      await page.reload();
      await page.goBack();
      await expect(team(page), "the page is what the address says").toHaveText(["Zoe Agent"]);
    }
  });
}

test("a sorted team stays sorted while calls are logged, and the focus stays on its row", async ({ company, signedIn }) => {
  const agent = await signedIn(withLeads(company, 2));
  company.addUser("Bela Agent", "Agent", 5);
  company.addUser("Zoe Agent", "Agent", 5);
  const page = await signedIn(company.addUser("Mo Manager", "Manager"));
  await page.goto("/dashboard?sort=calls");
  for (const open of [agent, page]) await expect(open.locator("html[data-hydrated]")).toBeAttached();
  await expect(team(page)).toHaveText(["Agent 1", "Bela Agent", "Zoe Agent"]);
  const link = page.getByRole("link", { name: "Agent 1" });
  await link.focus();
  await logOnNext(agent);
  await expect(team(page)).toHaveText(["Bela Agent", "Zoe Agent", "Agent 1"]);
  await expect(link).toBeFocused();
});

test("who is on leave is said, and the target leaves them out", async ({ company, signedIn }) => {
  withLeads(company, 2);
  company.addUser("Zoe Agent", "Agent", 5);
  const off = company.database.startsWith("sqlite") ? "0" : "FALSE";
  company.sql(`UPDATE users SET receiving = ${off} WHERE name = 'Zoe Agent'`);
  const page = await signedIn(company.addUser("Mo Manager", "Manager"));
  await expect(page.getByRole("row", { name: /^Zoe Agent/ })).toContainText("On leave");
  await expect(page.getByText("0 % of 100")).toBeVisible();
  await expect(page.getByText("2 agents; the target leaves out 1 on leave")).toBeVisible();
});

for (const width of [1440, 390]) {
  test(`runs and pipeline are in sight however large the team, ${width} px`, async ({ company, signedIn }) => {
    withLeads(company, 2);
    company.sql(`INSERT INTO users (name, email, role_id, password_hash, lead_cap, created_at)
      WITH RECURSIVE n (i) AS (SELECT 100 UNION ALL SELECT i + 1 FROM n WHERE i < 299)
      SELECT 'Agent ' || i, 'agent.' || i || '@example.com', 3, 'no hash', 50, 0 FROM n`);
    const page = await signedIn(company.addUser("Mo Manager", "Manager"), { viewport: { width, height: 900 } });
    await expect(page.getByText("201 agents")).toBeVisible();
    const top = async (name: string) => (await page.getByRole("heading", { name }).boundingBox())!.y;
    const [runs, pipeline, agents] = [await top("Runs today"), await top("Pipeline"), await top("Agents")];
    expect(runs).toBeLessThan(900);
    expect(pipeline).toBeLessThan(900);
    if (width > 1000) expect(agents, "beside them").toBeLessThan(pipeline);
    else expect(agents, "below them").toBeGreaterThan(pipeline);
    const overflow = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
    expect(overflow).toBeLessThanOrEqual(0);
    await head(page, "Calls today").getByRole("link").click();
    await expect(page).toHaveURL(/sort=-calls/);
  });
}

test("an agent who manages leads has their own day and the team's", async ({ company, signedIn }) => {
  const page = await signedIn(withLeads(company, 2));
  company.sql("UPDATE roles SET management = " + (company.database.startsWith("sqlite") ? "1" : "TRUE") + " WHERE name = 'Agent'");
  await page.goto("/dashboard");
  await expect(page.getByRole("heading", { level: 2, name: "Next: Lead 1" })).toBeVisible();
  await expect(page.getByRole("heading", { level: 2, name: "The team today" })).toBeVisible();
  await expect(page.getByRole("row", { name: /^Agent 1 0 of 100/ })).toBeVisible();
  await expect(page.getByRole("heading", { level: 1 })).toHaveCount(1);
});
