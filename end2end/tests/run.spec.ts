import { expect, test } from "./company.ts";
import { AutoAssignment } from "./configurations.ts";

const LINE = /^Last run: \d{4}-\d\d-\d\d \d\d:\d\d IST — 200 leads assigned across 4 agents, 100 unassigned \(agents at cap\)\.$/;

test("Run Now moves the leads while the bar shows it, and the line says what it did", async ({ company, signedIn }) => {
  const admin = company.addUser("Ada Admin", "Company Admin");
  for (let n = 1; n <= 4; n++) company.addUser(`Agent ${n}`, "Agent", 50);
  company.addLeads(300);
  company.slowDown();
  const page = await signedIn(admin);
  const section = await AutoAssignment.open(page);
  await expect(section.line).toHaveText("Not run yet.");
  await section.enable();

  // Every value that the bar takes while it is there.
  await page.evaluate(() => {
    const seen: number[] = ((window as unknown as { bar: number[] }).bar = []);
    new MutationObserver(() => {
      const bar = document.querySelector("progress");
      if (bar && bar.value !== seen.at(-1)) seen.push(bar.value);
    }).observe(document.body, { subtree: true, childList: true, attributes: true });
  });
  await section.runNow.click();
  await expect(page.getByRole("dialog")).toContainText("200 leads would move to 4 agents, 100 would stay unassigned (agents at cap).");
  await page.getByRole("dialog").getByRole("button", { name: "Run Now" }).click();
  await expect(section.line).toHaveText(LINE);
  const bar = await page.evaluate(() => (window as unknown as { bar: number[] }).bar);
  expect(bar.length, `the bar moved: ${bar}`).toBeGreaterThan(1);
  expect(bar).toEqual(bar.toSorted((a, b) => a - b));

  await section.panel.getByText("By agent").click();
  for (let n = 1; n <= 4; n++) {
    await expect(section.panel.getByRole("row", { name: new RegExp(`^Agent ${n} 0 50 0 50 / 50$`) })).toBeVisible();
  }
  await page.goto("/leads?owner=none");
  await expect(page.getByRole("row")).toHaveCount(51);
  expect(company.run(["check"])).not.toContain("BROKEN");
});

test("Run Now works without JavaScript", async ({ company, signedIn }) => {
  const admin = company.addUser("Ada Admin", "Company Admin");
  for (let n = 1; n <= 4; n++) company.addUser(`Agent ${n}`, "Agent", 50);
  company.addLeads(300);
  const page = await signedIn(admin, { javaScriptEnabled: false });
  const section = await AutoAssignment.open(page, false);
  await section.enable();
  await section.run();
  await expect(async () => {
    await page.reload();
    await expect(section.line).toHaveText(LINE, { timeout: 500 });
  }).toPass();
});

test("Cancel and Escape leave everything as it is", async ({ company, signedIn }) => {
  const page = await signedIn(company.addUser("Ada Admin", "Company Admin"));
  const section = await AutoAssignment.open(page);
  for (const leave of [() => page.keyboard.press("Escape"), () => page.getByRole("button", { name: "Cancel" }).click()]) {
    await section.runNow.click();
    await expect(page.getByRole("dialog")).toBeVisible();
    await leave();
    await expect(page.getByRole("dialog")).toBeHidden();
    await expect(section.runNow).toBeFocused();
  }
  await page.reload();
  await expect(section.line).toHaveText("Not run yet.");
});
