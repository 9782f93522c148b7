// Takes a picture of every page, light and dark, wide and narrow, into end2end/shots: `make shots`.
import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { expect, type Locator, type Page, signIn, test } from "./tests/company.ts";
import { AutoAssignment } from "./tests/configurations.ts";

test.setTimeout(5 * 60_000);

const folder = join(import.meta.dirname, "shots");

/** A job's whole section beside the navigation. */
async function pictureForReadme(page: Page, section: Locator) {
  await page.setViewportSize({ width: 1440, height: 1640 });
  await section.evaluate((element) => element.scrollIntoView());
  await page.screenshot({ path: join(import.meta.dirname, "../docs/configurations.png") });
  await page.setViewportSize({ width: 1440, height: 900 });
}

/** The whole page. A phone is made as tall as the page is: in a full-page picture it would be without touch. */
async function whole(page: Page, phone: boolean, path: string) {
  if (!phone) {
    await page.screenshot({ path, fullPage: true });
    return;
  }
  const { width, height } = page.viewportSize()!;
  await page.setViewportSize({ width, height: await page.evaluate(() => document.documentElement.scrollHeight) });
  await page.screenshot({ path });
  await page.setViewportSize({ width, height });
}

for (const colorScheme of ["light", "dark"] as const) {
  for (const width of [1440, 390]) {
    test(`${colorScheme}, ${width} px`, async ({ browser, company, site }) => {
      mkdirSync(folder, { recursive: true });
      const phone = width < 700;
      const look = { baseURL: site, colorScheme, viewport: { width, height: 900 }, hasTouch: phone, isMobile: phone };
      const context = await browser.newContext(look);
      const page = await context.newPage();
      const shot = (name: string) => whole(page, phone, join(folder, `${name}-${colorScheme}-${width}.png`));
      await page.goto("/sign-in");
      await shot("first-run");
      company.run(["demo", "--jobs"]);
      await page.goto("/sign-in");
      await shot("sign-in");
      await signIn(page, "admin@demo.example", "calliyo demo");
      const section = await AutoAssignment.open(page);
      await shot("configurations");
      await section.time.fill("08:30");
      await section.toggle.check();
      await section.save("wrong");
      await expect(section.section.getByText("That isn't your password.")).toBeVisible();
      await shot("configurations-refused");
      await section.save("calliyo demo");
      await expect(section.section.getByText(/^Saved\./)).toBeVisible();
      await section.runNow.click();
      await expect(page.getByRole("dialog")).toContainText("would move to");
      await page.screenshot({ path: join(folder, `run-now-${colorScheme}-${width}.png`) });
      await page.getByRole("dialog").getByRole("button", { name: "Run Now" }).click();
      await expect(section.line).toContainText("assigned across");
      await section.panel.getByText("By agent").click();
      await shot("configurations-run");
      if (colorScheme === "light" && width === 1440) await pictureForReadme(page, section.section);
      await page.goto("/settings/runs");
      await shot("run-history");
      await page.getByRole("rowheader").first().getByRole("link").click();
      await expect(page.getByRole("heading", { name: "Leads moved" })).toBeVisible();
      await shot("run");
      await page.goto("/settings?tab=general");
      await shot("general");
      await page.goto("/settings?tab=status");
      await shot("status");
      await page.locator("#rename-7-summary").click();
      await shot("status-rename");
      await page.locator("#delete-7-summary").click();
      await expect(page.getByRole("dialog")).toContainText("are on Busy");
      await page.screenshot({ path: join(folder, `status-delete-${colorScheme}-${width}.png`) });
      await page.keyboard.press("Escape");
      await page.goto("/leads");
      await shot("leads");
      await page.goto("/leads?sort=longest&after=0.0");
      await shot("leads-sorted");
      await page.goto("/leads?status=9&owner=none");
      await shot("leads-empty");
      await page.goto("/leads?days=soon");
      await shot("leads-refused");
      for (const [name, query] of [["Hot and waiting", "tag=hot&days=2"], ["Busy or missed", "status=7&status=9"]]) {
        await page.goto(`/leads?${query}`);
        await expect(page.locator("html[data-hydrated]")).toBeAttached();
        await page.getByText("Save view", { exact: true }).click();
        await page.getByLabel("Name of the view").fill(name);
        await shot("leads-save");
        await page.getByRole("button", { name: "Save", exact: true }).click();
        await expect(page.getByText("View saved.")).toBeVisible();
      }
      await page.reload();
      await expect(page.locator("html[data-hydrated]")).toBeAttached();
      await page.locator("summary").filter({ hasText: "Status" }).click();
      await shot("leads-filtered");
      await page.keyboard.press("Escape");
      await page.getByRole("checkbox", { name: /^Choose [^a]/ }).first().check();
      await shot("leads-chosen");
      const file = (text: string) => ({ name: "leads.csv", mimeType: "text/csv", buffer: Buffer.from(text) });
      for (const [name, text, said] of [
        ["import-refused", "", "The file is empty"],
        ["import-columns", "Who,Mobile\nAsha,+18725551001\n", "Choose which column is the first name."],
        ["import-look", "Full name,Mobile,City\nAsha,+18725551001,Pune\n,+18725551002,\nRavi,12,\nTwin,+911100000007,Goa\nZoe,+18725551001,\n", "1 row is good"],
      ]) {
        await page.goto("/leads/import");
        await expect(page.locator("html[data-hydrated]")).toBeAttached();
        await page.getByLabel("CSV file").setInputFiles(file(text));
        await page.getByRole("button", { name: "Look at the file" }).click();
        await expect(page.getByText(said).first()).toBeVisible();
        await shot(name);
      }
      await page.getByRole("button", { name: "Import 1 lead" }).click();
      await expect(page.getByRole("heading", { name: "Duplicates" })).toBeVisible();
      await shot("import-done");
      await page.goto("/leads/import");
      await shot("import");
      for (const [path, name] of [
        ["/leads/new", "lead-new"],
        ["/leads/7/edit", "lead-edit"],
        ["/leads/7", "lead-manager"],
        ["/users", "users"],
        ["/users/new", "user-new"],
        ["/users/3", "user"],
        ["/roles", "roles"],
        ["/roles/1", "role"],
        ["/roles/new", "role-new"],
        ["/account", "account"],
      ]) {
        await page.goto(path);
        await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
        await shot(name);
      }
      await page.goto("/users/3?ask=ban-user");
      await expect(page.getByRole("dialog")).toBeVisible();
      await page.screenshot({ path: join(folder, `user-ban-${colorScheme}-${width}.png`) });
      for (const [name, path] of [
        ["customers", "/customers"],
        ["customers-empty", "/customers?q=nobody"],
        ["reports", "/reports"],
        ["reports-refused", "/reports?from=2026-02-02&to=2026-02-01"],
      ]) {
        await page.goto(path);
        await shot(name);
      }
      await page.goto("/customers");
      await page.locator("tbody th a").first().click();
      await expect(page.getByRole("heading", { name: "Timeline" })).toBeVisible();
      await shot("customer");
      await page.goto("/nowhere");
      await shot("not-found");
      await page.goto("/dashboard");
      await shot("dashboard-team");
      const atWork = await browser.newContext(look);
      const agent = await atWork.newPage();
      const agentShot = (name: string) => whole(agent, phone, join(folder, `${name}-${colorScheme}-${width}.png`));
      await signIn(agent, "agent1@demo.example", "calliyo demo");
      await agent.goto("/dashboard");
      await agent.getByRole("radio", { name: "Follow up" }).check();
      await agentShot("dashboard-agent");
      await agent.goto("/tasks?due=later");
      await agentShot("tasks-found");
      await agent.goto("/calls");
      await agentShot("calls");
      await agent.goto("/leads");
      await agentShot("leads-agent");
      await agent.goto("/customers");
      await agentShot("customers-agent");
      await agent.goto("/tasks");
      await agentShot("tasks");
      await agent.locator("[data-task]").first().click();
      await expect(agent.getByRole("heading", { name: "Timeline" })).toBeVisible();
      await agentShot("lead");
      await atWork.close();
      await context.close();
    });
  }
}
