import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { type Browser, type Company, expect, log, type Page, PASSWORD, signIn, test, withLeads } from "./company.ts";
import { PAGE } from "./configurations.ts";

const DEMO = "calliyo demo";

interface Totals {
  all: number;
  /** Converted by Priya Sharma and by Imran Qureshi. */
  ofOne: number;
  ofTwo: number;
}

/**
 * A demo company whose Imran Qureshi has the management permission besides. Of each agent's customers, one is the other's
 * now, and three customers came in as such.
 */
function demo(company: Company): Totals {
  company.run(["demo", "--leads", "400", "--calls", "0", "--agents", "2"]);
  const file = join(company.folder, "customers.csv");
  const rows = [1, 2, 3].map((n) => `Customer ${n},,+1872555000${n},,Customer,`);
  writeFileSync(file, ["FirstName,LastName,Phone,Email,Status,Tags", ...rows, ""].join("\n"));
  company.run(["import", "leads", file]);
  const database = company.sqlite();
  database.exec(`
    INSERT INTO roles (id, name, management, tasks, reports, users, settings) VALUES (9, 'Team lead', 1, 1, 0, 0, 0);
    UPDATE users SET role_id = 9 WHERE email = 'agent2@demo.example';
    UPDATE leads SET owner_id = (SELECT id FROM users WHERE email = 'agent2@demo.example')
      WHERE id = (SELECT min(id) FROM leads WHERE converter_id = (SELECT id FROM users WHERE email = 'agent1@demo.example'));
    UPDATE leads SET owner_id = (SELECT id FROM users WHERE email = 'agent1@demo.example')
      WHERE id = (SELECT max(id) FROM leads WHERE converter_id = (SELECT id FROM users WHERE email = 'agent2@demo.example'));`);
  const count = (where: string) =>
    Number(database.prepare(`SELECT count(*) AS n FROM leads l LEFT JOIN users u ON u.id = l.converter_id WHERE l.status_id = 4 AND ${where}`).get()!.n);
  const totals = { all: count("TRUE"), ofOne: count("u.email = 'agent1@demo.example'"), ofTwo: count("u.email = 'agent2@demo.example'") };
  database.close();
  expect(totals.all).toBe(totals.ofOne + totals.ofTwo + 3);
  expect(Math.min(totals.ofOne, totals.ofTwo)).toBeGreaterThan(3);
  return totals;
}

/** Saves Show customer to as a person does: the password comes first once something has changed. */
async function showTo(page: Page, choice: "All" | "Agent Only") {
  await page.goto(PAGE);
  await expect(page.locator("#show_customer form.editing[data-interactive]")).toBeVisible();
  const section = page.getByRole("region", { name: "Show customer to" });
  await section.getByRole("radio", { name: choice }).check();
  await section.getByLabel("Your password").fill(PASSWORD);
  await section.getByRole("button", { name: "Save" }).click();
  await expect(section.getByText(/^Saved\./)).toBeVisible();
}

/** What the page says and lists, what a search finds, and what the download holds. */
async function sees(page: Page, count: number, converter?: string) {
  await page.goto("/customers");
  const said = count === 1 ? "1 customer" : `${count} customers`;
  await expect(page.getByText(said, { exact: true })).toBeVisible();
  await expect(page.getByRole("row")).toHaveCount(count + 1);
  if (converter) await expect(page.locator('td[data-column="converter"]').filter({ hasText: converter })).toHaveCount(count);
  const [download] = await Promise.all([page.waitForEvent("download"), page.getByRole("link", { name: "Download CSV" }).click()]);
  const lines = readFileSync(await download.path(), "utf8").trimEnd().split("\n");
  expect(lines).toHaveLength(count + 1);
}

test.describe.configure({ timeout: 120_000 });

test("Show customer to All: every user with the management permission sees every customer", async ({ browser, company, signedIn, site }) => {
  const { all, ofOne } = demo(company);
  const admin = await signedIn(company.addUser("Ada Admin", "Company Admin"));
  await showTo(admin, "Agent Only");
  await showTo(admin, "All");
  await sees(admin, all);
  await sees(await signedIn(company.addUser("Mo Manager", "Manager")), all);
  const agents = await open(browser, site);
  await signIn(agents, "agent2@demo.example", DEMO);
  await sees(agents, all);
  await agents.context().clearCookies();
  await signIn(agents, "agent1@demo.example", DEMO);
  await sees(agents, ofOne, "Priya Sharma");
  await agents.context().close();
});

test("Show customer to Agent Only: agents only see customers whose original lead was assigned to them", async ({ browser, company, signedIn, site }) => {
  const { all, ofOne, ofTwo } = demo(company);
  const admin = await signedIn(company.addUser("Ada Admin", "Company Admin"));
  await showTo(admin, "Agent Only");
  // One of Priya Sharma's conversions is Imran Qureshi's now, and the other way round: what counts is who converted.
  const agents = await open(browser, site);
  await signIn(agents, "agent1@demo.example", DEMO);
  await sees(agents, ofOne, "Priya Sharma");
  const own = await agents.locator("tbody th a").first().getAttribute("href");
  await agents.context().clearCookies();
  await signIn(agents, "agent2@demo.example", DEMO);
  await sees(agents, ofTwo, "Imran Qureshi");
  expect((await agents.goto(own!))!.status()).toBe(404);
  await agents.context().close();
  // Who manages and is no agent sees all.
  await sees(admin, all);
  await sees(await signedIn(company.addUser("Mo Manager", "Manager")), all);
});

test("Agent Only: agents focus on their own conversions and don't see the wider customer base", async ({ browser, company, signedIn, site }) => {
  const { all, ofTwo } = demo(company);
  const admin = await signedIn(company.addUser("Ada Admin", "Company Admin"));
  const lead = await open(browser, site);
  await signIn(lead, "agent2@demo.example", DEMO);
  await lead.goto("/customers");
  await expect(lead.locator("html[data-hydrated]")).toBeVisible();
  await expect(lead.getByText(`${all} customers`, { exact: true })).toBeVisible();
  await expect(lead.getByText("Every customer of the company, newest first.")).toBeVisible();
  // The open page follows the save.
  await showTo(admin, "Agent Only");
  await expect(lead.getByText(`${ofTwo} customers`, { exact: true })).toBeVisible();
  await expect(lead.getByText(/^The customers you converted, newest first\./)).toBeVisible();
  await expect(lead.locator('td[data-column="converter"]').filter({ hasText: "Priya Sharma" })).toHaveCount(0);
  await lead.goto("/customers?q=Customer%201");
  await expect(lead.getByRole("heading", { name: "No customers match “Customer 1”" })).toBeVisible();
  await showTo(admin, "All");
  await expect(lead.getByRole("link", { name: "Customer 1" })).toBeVisible();
  await lead.context().close();
});

test("the list stays as it is while leads change, and is read again when one asks", async ({ company, signedIn }) => {
  const manager = company.addUser("Mo Manager", "Manager");
  company.addLeads(2);
  const page = await signedIn(manager);
  await page.goto("/customers");
  await expect(page.locator("html[data-hydrated]")).toBeAttached();
  const other = await signedIn(manager);
  await other.goto("/leads/1");
  await expect(other.locator("html[data-hydrated]")).toBeAttached();
  const card = other.getByRole("region", { name: "Owner and status" });
  await card.getByLabel("Status to set").selectOption("Customer");
  await card.getByRole("button", { name: "Set status" }).click();
  await expect(card.getByText("1 lead put on Customer.")).toBeVisible();
  await expect(page.getByText("Customers may have changed.")).toBeVisible();
  await expect(page.getByRole("heading", { name: "No customers yet" })).toBeVisible();
  await page.getByRole("button", { name: "Refresh" }).click();
  await expect(page.getByText("1 customer", { exact: true })).toBeVisible();
  await expect(page.getByText("Customers may have changed.")).toBeHidden();
});

test("a customer's page shows calls and notes, and leads to the lead where one may see it", async ({ company, signedIn }) => {
  const agent = await signedIn(withLeads(company, 1));
  await agent.goto("/leads/1");
  await expect(agent.locator("html[data-hydrated]")).toBeAttached();
  await agent.getByLabel("Note", { exact: true }).fill("Signs on Monday");
  await agent.getByLabel("Lead's status").selectOption("Customer");
  await log(agent, "Called");
  await expect(agent.locator(".lead-head .pill")).toHaveText("Customer");
  await agent.goto("/customers/1");
  const timeline = agent.getByRole("region", { name: "Timeline" });
  await expect(timeline.getByText("Signs on Monday")).toBeVisible();
  await expect(timeline.getByText("Status: Assigned → Customer")).toBeVisible();
  await expect(timeline.getByText("Correct", { exact: false })).toHaveCount(0);
  await agent.getByRole("link", { name: "Open the lead" }).click();
  await expect(agent).toHaveURL(/\/leads\/1$/);
  // The customer stays theirs where the lead is another's.
  company.sql("UPDATE leads SET owner_id = NULL WHERE id = 1");
  await agent.goto("/customers/1");
  await expect(timeline.getByText("Signs on Monday")).toBeVisible();
  await expect(agent.getByRole("link", { name: "Open the lead" })).toHaveCount(0);
});

for (const javaScriptEnabled of [true, false]) {
  test(`customers are searched, paged and opened, JavaScript ${javaScriptEnabled ? "on" : "off"}`, async ({ company, signedIn }) => {
    company.run(["demo", "--leads", "1500", "--calls", "0", "--agents", "2"]);
    const page = await signedIn(company.addUser("Mo Manager", "Manager"), { javaScriptEnabled });
    await page.getByRole("link", { name: "Customers" }).first().click();
    await expect(page.getByRole("row")).toHaveCount(51);
    const first = await page.locator("tbody th a").first().textContent();
    await page.getByRole("link", { name: "Next page" }).click();
    await expect(page).toHaveURL(/after=/);
    await page.getByRole("link", { name: "First page" }).click();
    await expect(page.locator("tbody th a").first()).toHaveText(first!);
    const email = await page.locator("tbody th .email").first().textContent();
    if (javaScriptEnabled) {
      await expect(page.locator("html[data-hydrated]")).toBeVisible();
      await page.keyboard.press("/");
      await expect(page.getByRole("searchbox")).toBeFocused();
    }
    await page.getByRole("searchbox").fill(email!);
    await page.getByRole("searchbox").press("Enter");
    await expect(page).toHaveURL(/\/customers\?q=/);
    await expect(page.getByText("1 customer found")).toBeVisible();
    await page.getByRole("link", { name: first!, exact: true }).click();
    await expect(page.getByRole("heading", { level: 1 })).toHaveText(first!);
    await expect(page.getByText("Status: Assigned → Customer")).toBeVisible();
    await page.getByRole("main").getByRole("link", { name: "Customers" }).click();
    await page.goto("/customers?q=nobody%20at%20all");
    await expect(page.getByRole("heading", { name: "No customers match “nobody at all”" })).toBeVisible();
    await page.getByRole("link", { name: "show all customers" }).click();
    await expect(page.getByRole("row")).toHaveCount(51);
  });
}

async function open(browser: Browser, site: string): Promise<Page> {
  const context = await browser.newContext({ baseURL: site });
  return context.newPage();
}
