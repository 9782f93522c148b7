import { readFileSync } from "node:fs";
import { expect, test } from "./company.ts";

for (const javaScriptEnabled of [true, false]) {
  test(`the list is filtered and paged in the address, JavaScript ${javaScriptEnabled ? "on" : "off"}`, async ({ company, signedIn }) => {
    const manager = company.addUser("Mo Manager", "Manager");
    company.addUser("Agent 1", "Agent", 50);
    company.addLeads(120);
    const page = await signedIn(manager, { javaScriptEnabled });
    await page.goto("/leads");
    await expect(page.getByRole("row")).toHaveCount(51);
    await expect(page.getByRole("rowheader").first()).toHaveText("Lead 120");
    await page.getByRole("link", { name: "Next page" }).click();
    await expect(page.getByRole("rowheader").first()).toHaveText("Lead 70");
    await page.getByRole("link", { name: "Next page" }).click();
    await expect(page.getByRole("row")).toHaveCount(21);
    await expect(page.getByRole("link", { name: "Next page" })).toHaveCount(0);
    await page.getByRole("link", { name: "First page" }).click();
    await page.getByText("Owner: Anyone").click();
    await page.getByRole("checkbox", { name: "Nobody" }).check();
    await page.getByText("Status: Any status").click();
    await page.getByRole("checkbox", { name: "Missed" }).check();
    await page.getByRole("checkbox", { name: "Busy" }).check();
    await page.getByRole("button", { name: "Filter", exact: true }).click();
    await expect(page).toHaveURL(/\/leads\?(?=.*status=7)(?=.*status=9)(?=.*owner=none)/);
    await expect(page.getByRole("heading", { name: "No leads match these filters" })).toBeVisible();
    await expect(page.getByText("0 leads match")).toBeVisible();
    const chips = page.getByRole("list", { name: "Filters" });
    await chips.getByRole("link", { name: "Drop Status: Missed" }).click();
    await expect(page).toHaveURL(/\/leads\?status=7&owner=none/);
    await chips.getByRole("link", { name: "Drop Status: Busy" }).click();
    await expect(page.getByText("120 leads match")).toBeVisible();
    await chips.getByRole("link", { name: "Clear filters" }).click();
    await expect(page.getByText("120 leads", { exact: true })).toBeVisible();
    await expect(chips).toHaveCount(0);
    await page.getByRole("searchbox").fill("LEAD 12");
    await page.getByRole("searchbox").press("Enter");
    await expect(page.getByRole("rowheader")).toHaveText(["Lead 120", "Lead 12"]);
    await page.goto("/leads?days=soon");
    await expect(page.getByRole("alert")).toHaveText("Days on the status must be a whole number from 1 to 3650.");
    await expect(page.getByLabel("Days on status")).toHaveValue("soon");
    await page.goto("/leads?tag=nobody%27s");
    await page.getByRole("link", { name: "show all leads" }).click();
    await expect(page.getByRole("row")).toHaveCount(51);
  });

  test(`a view is saved, found again, renamed and deleted, JavaScript ${javaScriptEnabled ? "on" : "off"}`, async ({ company, signedIn }) => {
    company.addLeads(12);
    const page = await signedIn(company.addUser("Mo Manager", "Manager"), { javaScriptEnabled });
    await page.goto("/leads?q=lead%2012");
    if (javaScriptEnabled) await expect(page.locator("html[data-hydrated]")).toBeAttached();
    await page.locator("summary").filter({ hasText: "Save view" }).click();
    const name = page.getByLabel("Name of the view");
    await page.getByRole("button", { name: "Save", exact: true }).click();
    await expect(page.getByText("The name is required, 60 characters at most.")).toBeVisible();
    await name.fill("The twelfth");
    await page.getByRole("button", { name: "Save", exact: true }).click();
    await expect(page.getByText("View saved.")).toBeVisible();
    const views = page.getByRole("navigation", { name: "Saved views" });
    await expect(views.getByRole("link", { name: "The twelfth" })).toHaveAttribute("aria-current", "page");
    await views.getByRole("link", { name: "All leads" }).click();
    await expect(page.getByRole("rowheader")).toHaveCount(12);
    await views.getByRole("link", { name: "The twelfth" }).click();
    await expect(page.getByRole("rowheader")).toHaveText(["Lead 12"]);
    await expect(page.getByRole("searchbox")).toHaveValue("lead 12");
    await page.locator("summary").filter({ hasText: "Edit view" }).click();
    await expect(name).toHaveValue("The twelfth");
    await name.fill("Dozen");
    await page.getByRole("button", { name: "Rename" }).click();
    await expect(page.getByText("View renamed.")).toBeVisible();
    await expect(views.getByRole("link", { name: "Dozen" })).toHaveAttribute("aria-current", "page");
    await page.locator("summary").filter({ hasText: "Edit view" }).click();
    await page.getByRole("button", { name: "Delete view" }).click();
    await expect(page.getByText("View deleted.")).toBeVisible();
    await expect(views).toBeHidden();
  });

  test(`what is filtered is downloaded, JavaScript ${javaScriptEnabled ? "on" : "off"}`, async ({ company, signedIn }) => {
    company.addLeads(60);
    const page = await signedIn(company.addUser("Mo Manager", "Manager"), { javaScriptEnabled });
    await page.goto("/leads?q=lead%205&status=1");
    await expect(page.getByText("11 leads match")).toBeVisible();
    const [download] = await Promise.all([page.waitForEvent("download"), page.getByRole("link", { name: "Download CSV" }).click()]);
    const lines = readFileSync(await download.path(), "utf8").trimEnd().split(/\r?\n/);
    expect(lines[0]).toBe("\ufeffFirstName,LastName,Phone,Email,Status,Tags,Owner,Source,Created,StatusSince");
    expect(lines.slice(1).map((line) => line.split(",")[0])).toEqual([59, 58, 57, 56, 55, 54, 53, 52, 51, 50, 5].map((n) => `Lead ${n}`));
  });
}

test("the list follows what is typed and chosen, and keys lead to the search", async ({ company, signedIn }) => {
  company.addLeads(30);
  const page = await signedIn(company.addUser("Mo Manager", "Manager"));
  await page.goto("/leads");
  await expect(page.locator("html[data-hydrated]")).toBeAttached();
  await page.keyboard.press("/");
  const search = page.getByRole("searchbox");
  await expect(search).toBeFocused();
  await page.keyboard.type("lead 2");
  await expect(page.getByText("11 leads match")).toBeVisible();
  await expect(search).toBeFocused();
  await page.keyboard.type("9");
  await expect(page.getByRole("rowheader")).toHaveText(["Lead 29"]);
  await expect(page).toHaveURL("/leads?q=lead%2029");
  const status = page.locator("summary").filter({ hasText: "Status" });
  await status.click();
  await page.getByRole("checkbox", { name: "Unassigned" }).check();
  await expect(page).toHaveURL("/leads?status=1&q=lead%2029");
  await page.getByRole("checkbox", { name: "Busy" }).check();
  await expect(status).toHaveText("Status: 2 statuses");
  await page.keyboard.press("Escape");
  await expect(page.getByRole("checkbox", { name: "Busy" })).toBeHidden();
  await expect(status).toBeFocused();
  const owner = page.locator("summary").filter({ hasText: "Owner" });
  await owner.click();
  await page.getByRole("checkbox", { name: "Nobody" }).check();
  await expect(page).toHaveURL("/leads?status=1&status=7&owner=none&q=lead%2029");
  // What was typed replaced its own steps in the history, what was chosen is gone back to.
  await page.goBack();
  await expect(owner).toHaveText("Owner: Anyone");
  await expect(page.getByRole("checkbox", { name: "Nobody", includeHidden: true })).not.toBeChecked();
  await page.getByRole("link", { name: "Clear filters" }).click();
  await expect(page.getByRole("rowheader")).toHaveCount(30);
  await expect(search).toHaveValue("");
  await expect(status).toHaveText("Status: Any status");
});

test("what an address asks for stays asked for, even where no field shows it", async ({ company, signedIn }) => {
  const agent = company.addUser("Agent 1", "Agent", 50);
  company.addLeads(3);
  company.sql("UPDATE leads SET owner_id = 1, status_id = 2, assigned_at = 1");
  const manager = company.addUser("Mo Manager", "Manager");
  for (const [user, address] of [[manager, "/leads?status=99"], [agent, "/leads?tag=hot"]] as const) {
    const page = await signedIn(user);
    await page.goto(address);
    await expect(page.locator("html[data-hydrated]")).toBeAttached();
    await page.keyboard.press("/");
    await page.keyboard.type("lead");
    await expect(page).toHaveURL(`${address}&q=lead`);
    await expect(page.getByText("0 leads match")).toBeVisible();
  }
});

test("an agent sees what is theirs, and no settings", async ({ company, signedIn }) => {
  company.addLeads(3);
  const page = await signedIn(company.addUser("Agent 1", "Agent", 50));
  await expect(page.getByRole("heading", { name: "No leads assigned to you" })).toBeVisible();
  await expect(page.getByRole("link", { name: "Settings" })).toHaveCount(0);
  await page.goto("/settings?tab=configurations");
  await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
  await expect(page.getByRole("button", { name: "Save" })).toHaveCount(0);
});

test("several owners and tags are asked for at once, kept as a view and downloaded", async ({ company, signedIn }) => {
  for (const name of ["Asha", "Bela"]) company.addUser(name, "Agent", 50);
  const page = await signedIn(company.addUser("Mo Manager", "Manager"));
  company.addLeads(6);
  company.sql("UPDATE leads SET owner_id = 1, status_id = 2, assigned_at = 1 WHERE id IN (1, 2)");
  company.sql("UPDATE leads SET owner_id = 2, status_id = 2, assigned_at = 1 WHERE id = 3");
  company.sql("INSERT INTO lead_tags (lead_id, tag) VALUES (1, 'hot'), (1, 'new car'), (3, 'new car'), (4, 'hot'), (5, 'cold')");
  await page.goto("/leads");
  await expect(page.locator("html[data-hydrated]")).toBeAttached();
  const [owner, tag] = ["Owner", "Tag"].map((label) => page.locator("summary").filter({ hasText: label }));
  const rows = page.getByRole("rowheader");
  await tag.click();
  await page.getByRole("checkbox", { name: "hot" }).check();
  await page.getByRole("checkbox", { name: "new car" }).check();
  await expect(rows).toHaveText(["Lead 4", "Lead 3", "Lead 1"]);
  await expect(tag).toHaveText("Tag: 2 tags");
  await owner.click();
  await page.getByRole("checkbox", { name: "Bela" }).check();
  await page.getByRole("checkbox", { name: "Nobody" }).check();
  await expect(rows).toHaveText(["Lead 4", "Lead 3"]);
  await expect(page).toHaveURL("/leads?owner=none&owner=2&tag=hot&tag=new%20car");
  await page.locator("summary").filter({ hasText: "Save view" }).click();
  await page.getByLabel("Name of the view").fill("Warm");
  await page.getByRole("button", { name: "Save", exact: true }).click();
  await expect(page.getByText("View saved.")).toBeVisible();
  const [file] = await Promise.all([page.waitForEvent("download"), page.getByRole("link", { name: "Download CSV" }).click()]);
  expect(readFileSync(await file.path(), "utf8").trim().split("\n")).toHaveLength(3);
  // As addresses and views spelled it when one was all that there could be.
  await page.goto("/leads?owner=2&tag=hot");
  await expect(page.getByRole("heading", { name: "No leads match these filters" })).toBeVisible();
  await page.getByRole("list", { name: "Filters" }).getByRole("link", { name: "Drop Tag: hot" }).click();
  await expect(rows).toHaveText(["Lead 3"]);
  await page.getByRole("navigation", { name: "Saved views" }).getByRole("link", { name: "Warm" }).click();
  await expect(rows).toHaveText(["Lead 4", "Lead 3"]);
});
