import AxeBuilder from "@axe-core/playwright";
import { DatabaseSync } from "node:sqlite";
import { expect, type Page, test } from "./company.ts";
import { AutoAssignment } from "./configurations.ts";

const looks = (["light", "dark"] as const).flatMap((colorScheme) =>
  [1440, 390].map((width) => ({ colorScheme, viewport: { width, height: 900 } })),
);

async function clean(page: Page, what: string) {
  const { violations } = await new AxeBuilder({ page }).analyze();
  const found = violations.map(({ id, nodes }) => `${id}: ${nodes.map((node) => node.html).join(" ")}`);
  expect(found, what).toEqual([]);
}

for (const look of looks) {
  test(`no page has an axe violation, ${look.colorScheme}, ${look.viewport.width} px`, async ({ browser, company, signedIn, site }) => {
    const context = await browser.newContext({ baseURL: site, ...look });
    const page = await context.newPage();
    await page.goto("/sign-in");
    await clean(page, "the first run");
    const admin = company.addUser("Ada Admin", "Company Admin");
    await page.goto("/sign-in");
    await clean(page, "the sign-in");
    await page.getByLabel("Email").fill(admin);
    await page.getByLabel("Password").fill("not the password");
    await page.getByRole("button", { name: "Sign in" }).click();
    await expect(page.getByRole("alert")).toBeVisible();
    await clean(page, "a refused sign-in");
    await context.close();

    company.addUser("Agent 1", "Agent", 50);
    company.addLeads(60);
    const inside = await signedIn(admin, look);
    const section = await AutoAssignment.open(inside);
    await clean(inside, "configurations");
    await section.time.fill("");
    await section.save();
    await expect(section.section.getByText(/^Reassign at is/)).toBeVisible();
    await clean(inside, "a refused save");
    await section.time.fill("09:30");
    await section.enable();
    await section.runNow.click();
    await expect(inside.getByRole("dialog")).toContainText("50 leads would move");
    await clean(inside, "the question before a run");
    await inside.getByRole("dialog").getByRole("button", { name: "Run Now" }).click();
    await expect(section.line).toContainText("50 leads assigned");
    await section.panel.getByText("By agent").click();
    await clean(inside, "a finished run");
    const database = new DatabaseSync(company.database.replace("sqlite:", ""));
    database.exec(`
      UPDATE leads SET status_id = 4, converter_id = owner_id, converted_at = status_since WHERE id = 1;
      INSERT INTO calls (lead_id, agent_id, started_at, direction, status, duration_seconds)
        SELECT l.id, l.owner_id, ${Date.now()}, 'outgoing', 'called', 60 FROM leads l WHERE l.owner_id IS NOT NULL;`);
    database.close();
    for (const path of ["/leads", "/leads?status=9", "/customers", "/customers?q=x", "/customers/1", "/reports", "/reports?from=x", "/settings?tab=nowhere", "/nowhere"]) {
      await inside.goto(path);
      await expect(inside.getByRole("heading", { level: 1 })).toBeVisible();
      await clean(inside, path);
      const overflow = await inside.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
      expect(overflow, `${path} fits the width`).toBeLessThanOrEqual(0);
    }
  });
}
