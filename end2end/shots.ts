// Takes a picture of every page, light and dark, wide and narrow, into end2end/shots: `make shots`.
import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { expect, signIn, test } from "./tests/company.ts";
import { AutoAssignment } from "./tests/configurations.ts";

const folder = join(import.meta.dirname, "shots");

for (const colorScheme of ["light", "dark"] as const) {
  for (const width of [1440, 390]) {
    test(`${colorScheme}, ${width} px`, async ({ browser, company, site }) => {
      mkdirSync(folder, { recursive: true });
      const context = await browser.newContext({ baseURL: site, colorScheme, viewport: { width, height: 900 } });
      const page = await context.newPage();
      const shot = (name: string) => page.screenshot({ path: join(folder, `${name}-${colorScheme}-${width}.png`), fullPage: true });
      await page.goto("/sign-in");
      await shot("first-run");
      company.run(["demo"]);
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
      await expect(page.getByRole("dialog")).toContainText("would move");
      await page.screenshot({ path: join(folder, `run-now-${colorScheme}-${width}.png`) });
      await page.getByRole("dialog").getByRole("button", { name: "Run Now" }).click();
      await expect(section.line).toContainText("assigned across");
      await section.panel.getByText("By agent").click();
      await shot("configurations-run");
      await page.goto("/leads");
      await shot("leads");
      await page.goto("/leads?status=9&owner=none");
      await shot("leads-empty");
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
      await expect(page.getByRole("heading", { name: "History" })).toBeVisible();
      await shot("customer");
      await page.goto("/nowhere");
      await shot("not-found");
      await context.close();
    });
  }
}
