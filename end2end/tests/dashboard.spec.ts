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
  await expect(tab.getByRole("progressbar", { name: "1 of 100 calls today" }), "in the other tab too").toBeVisible({ timeout: 1000 });

  await setTarget(admin, 4);
  await expect(page.getByRole("progressbar", { name: "1 of 4 calls today" })).toHaveAttribute("max", "4", { timeout: 1000 });
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

test("what is typed stays while the queue changes", async ({ company, signedIn }) => {
  const agent = withLeads(company, 2);
  const page = await signedIn(agent);
  const tab = await signedIn(agent);
  for (const open of [page, tab]) await expect(open.locator("html[data-hydrated]")).toBeAttached();
  await page.getByLabel("Note").fill("half a sentence");
  await logOnNext(tab);
  await expect(page.getByRole("progressbar", { name: "1 of 100 calls today" })).toBeVisible();
  await expect(page.getByLabel("Note")).toHaveValue("half a sentence");
  await expect(page.getByRole("heading", { level: 2, name: "Next: Lead 1" })).toBeVisible();
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
  await expect(row).toHaveAccessibleName("Agent 1 1 of 100 1 % 1 1 2 of 50 0 0", { timeout: 1000 });
  await expect(manager.getByText("100 % of the calls")).toBeVisible();
  await expect(link, "the row changed in place").toBeFocused();
});

test("an agent who manages leads has their own day and the team's", async ({ company, signedIn }) => {
  const page = await signedIn(withLeads(company, 2));
  company.sql("UPDATE roles SET management = " + (company.database.startsWith("sqlite") ? "1" : "TRUE") + " WHERE name = 'Agent'");
  await page.goto("/dashboard");
  await expect(page.getByRole("heading", { level: 2, name: "Next: Lead 1" })).toBeVisible();
  await expect(page.getByRole("heading", { level: 2, name: "The team today" })).toBeVisible();
  await expect(page.getByRole("row", { name: /^Agent 1 0 of 100/ })).toBeVisible();
  await expect(page.getByRole("heading", { level: 1 })).toHaveCount(1);
});
