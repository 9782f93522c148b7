import type { BrowserContextOptions } from "@playwright/test";
import { expect, PASSWORD, type Page, test } from "./company.ts";

const TAB = "/settings?tab=status";

/** Settings → Status as a person finds it. */
class Statuses {
  private constructor(
    readonly page: Page,
    readonly javaScript: boolean,
  ) {}

  static async open(page: Page, javaScript = true): Promise<Statuses> {
    await page.goto(TAB);
    if (javaScript) await expect(page.locator("html")).toHaveAttribute("data-hydrated", "true");
    const statuses = new Statuses(page, javaScript);
    await expect(statuses.row("Customer")).toBeVisible();
    return statuses;
  }

  get names() {
    return this.page.locator(".status-row .pill");
  }
  row(name: string) {
    return this.page.locator(".status-row").filter({ has: this.page.locator(".pill", { hasText: new RegExp(`^${name}$`) }) });
  }
  /** Whether it is on the queue, in words. */
  queue(name: string) {
    return this.row(name).locator(".status-queue-state");
  }
  /** Opens what the change does; gives its form. */
  async askToChangeQueue(name: string) {
    await this.row(name).locator(".status-queue > summary").click();
    return this.row(name).locator(".status-queue-form");
  }
  move(name: string, direction: "up" | "down") {
    return this.page.getByRole("button", { name: `Move ${name} ${direction}`, exact: true });
  }
  get said() {
    return this.page.getByRole("status").filter({ hasText: /./ });
  }

  async add(name: string) {
    const form = this.page.locator("#add-status");
    await form.getByLabel("Name").fill(name);
    await form.getByRole("button", { name: "Add status" }).click();
  }

  async rename(from: string, to: string) {
    const row = this.row(from);
    await row.locator("summary", { hasText: "Rename" }).click();
    await this.page.getByLabel(`New name of ${from}`).fill(to);
    await this.page.getByLabel(`New name of ${from}`).press("Enter");
  }

  /** Opens the question, in the dialog or in place; gives the form. */
  async askToDelete(name: string) {
    const row = this.row(name);
    await row.locator("summary", { hasText: "Delete" }).click();
    const form = (this.javaScript ? this.page.getByRole("dialog") : row).locator(".status-delete-form");
    await expect(form).toBeVisible();
    return form;
  }
}

for (const javaScriptEnabled of [true, false]) {
  test.describe(javaScriptEnabled ? "with JavaScript" : "without JavaScript", () => {
    const options: BrowserContextOptions = { javaScriptEnabled };

    test("a status is added, and its name is there once", async ({ company, signedIn }) => {
      const page = await signedIn(company.addUser("Ada Admin", "Company Admin"), options);
      const statuses = await Statuses.open(page, javaScriptEnabled);
      await page.locator("#add-status").getByRole("switch").check();
      await statuses.add("Call back");
      await expect(statuses.said).toHaveText("Call back was added at the end of the pipeline.");
      await expect(statuses.names.last()).toHaveText("Call back");
      await expect(statuses.queue("Call back")).toHaveText("On the queue");
      await statuses.add("CALL back");
      await expect(page.getByText('There is a status named "CALL back" already. Choose another name.')).toBeVisible();
      await expect(page.locator("#add-name")).toHaveValue("CALL back");
      await expect(statuses.names).toHaveCount(11);
    });

    test("a status is renamed in its place, protected ones are not", async ({ company, signedIn }) => {
      const page = await signedIn(company.addUser("Ada Admin", "Company Admin"), options);
      const statuses = await Statuses.open(page, javaScriptEnabled);
      await expect(page.getByText("Protected", { exact: true })).toHaveCount(3);
      for (const name of ["Unassigned", "Followups", "Customer"]) {
        await expect(statuses.row(name).locator("summary", { hasText: /Rename|Delete/ })).toHaveCount(0);
      }
      await statuses.rename("Busy", "missed");
      await expect(page.getByText('There is a status named "missed" already.')).toBeVisible();
      await expect(page.locator("#rename-7-name")).toHaveValue("missed");
      await page.locator("#rename-7-name").fill("Engaged");
      await page.locator("#rename-7-name").press("Enter");
      await expect(statuses.said).toHaveText("Busy is now called Engaged.");
      await expect(statuses.row("Engaged").locator(".pill")).toBeVisible();
      await page.goto("/leads");
      await expect(page.locator("form.filters .menu").first()).toContainText("Engaged");
    });

    test("the queue is changed with the password and the order without", async ({ company, signedIn }) => {
      const page = await signedIn(company.addUser("Ada Admin", "Company Admin"), options);
      const statuses = await Statuses.open(page, javaScriptEnabled);
      await expect(statuses.queue("Busy")).toHaveText("On the queue");
      await expect(statuses.row("Assigned")).toContainText("Always on the queue");
      const form = await statuses.askToChangeQueue("Busy");
      await expect(form).toContainText("Nobody owns a lead on it, so that no load changes.");
      await form.getByLabel("Your password").fill("not it");
      await form.getByRole("button", { name: "Take Busy off the queue" }).click();
      await expect(form.getByText("That isn't your password. Nothing was saved.")).toBeVisible();
      await expect(statuses.queue("Busy")).toHaveText("On the queue");
      await form.getByLabel("Your password").fill(PASSWORD);
      await form.getByLabel("Your password").press("Enter");
      await expect(statuses.said).toHaveText("Busy is off the queue now: its leads no longer count toward the lead cap.");
      await expect(statuses.queue("Busy")).toHaveText("Not on the queue");
      await expect(form).toBeHidden();
      await statuses.move("Busy", "up").click();
      await expect(statuses.names).toHaveText(
        ["Unassigned", "Assigned", "Followups", "Interested", "Busy", "Not Interested", "Not Picked", "Missed", "Wrong Number", "Customer"],
      );
      await page.reload();
      await expect(statuses.names.nth(4)).toHaveText("Busy");
      await expect(statuses.queue("Busy")).toHaveText("Not on the queue");
    });

    test("who goes over their lead cap is named before a status is on the queue", async ({ company, signedIn }) => {
      company.run(["demo", "--leads", "400", "--calls", "0", "--agents", "3"]);
      company.sql("UPDATE users SET lead_cap = 5 WHERE lead_cap > 0");
      const page = await signedIn(company.addUser("Ada Admin", "Company Admin"), options);
      const statuses = await Statuses.open(page, javaScriptEnabled);
      const form = await statuses.askToChangeQueue("Not Interested");
      await expect(form).toContainText(/\d+ leads of \d agents count toward the lead cap then, and are listed as tasks\./);
      await expect(form).toContainText(/Over their lead cap: .+ \(\d+ of 5\)/);
      await expect(form.getByRole("button", { name: "Put Not Interested on the queue" })).toBeVisible();
    });

    test("a status in use is deleted once its leads have a new home", async ({ company, signedIn }) => {
      company.run(["demo", "--leads", "400", "--calls", "0", "--agents", "3"]);
      const page = await signedIn(company.addUser("Ada Admin", "Company Admin"), options);
      const statuses = await Statuses.open(page, javaScriptEnabled);
      const leads = (await statuses.row("Missed").getByRole("link").textContent()) ?? "";
      expect(leads).toMatch(/^\d\d leads$/);
      let form = await statuses.askToDelete("Missed");
      await expect(form).toContainText(`${leads} are on Missed.`);
      await expect(form).toContainText("It is selected in Auto lead assignment and Auto removal and is taken out there.");
      const home = form.getByLabel("Move its leads to");
      await expect(home.locator("option")).toHaveText([
        "Choose a status", "Unassigned (their owners lose them)", "Assigned", "Followups", "Interested", "Not Interested",
        "Busy", "Not Picked", "Wrong Number",
      ]);
      await form.getByRole("button", { name: "Move leads and delete" }).click();
      form = (javaScriptEnabled ? page.getByRole("dialog") : statuses.row("Missed")).locator(".status-delete-form");
      await expect(form.getByText(`${leads} are on Missed. Choose the status they go to.`)).toBeVisible();
      await form.getByLabel("Move its leads to").selectOption("Wrong Number");
      await form.getByRole("button", { name: "Move leads and delete" }).click();
      await expect(statuses.said).toContainText(`Missed was deleted. ${leads} moved to Wrong Number.`);
      await expect(statuses.names).toHaveCount(9);
      expect(company.run(["check"])).not.toContain("BROKEN");
      await page.goto("/settings?tab=configurations");
      await expect(page.getByRole("checkbox", { name: "Not Picked", exact: true }).first()).toBeChecked();
      await expect(page.getByRole("checkbox", { name: "Missed", exact: true })).toHaveCount(0);
    });
  });
}

test("what one edits shows in the other's open tab", async ({ company, signedIn }) => {
  const ada = await Statuses.open(await signedIn(company.addUser("Ada Admin", "Company Admin")));
  const bo = await Statuses.open(await signedIn(company.addUser("Bo Boss", "Company Admin")));
  await ada.rename("Busy", "Engaged");
  await expect(bo.names.nth(5)).toHaveText("Engaged");
  await ada.add("Call back");
  await expect(bo.names.last()).toHaveText("Call back");
  await bo.page.locator("#rename-8-summary").click();
  await bo.page.locator("#rename-8-name").fill("half typed");
  await ada.move("Not Picked", "up").click();
  await expect(bo.names.nth(5)).toHaveText("Not Picked");
  await expect(bo.page.locator("#rename-8-name")).toHaveValue("half typed");
  await expect(bo.page.locator("#rename-8-name")).toBeFocused();
  const form = await ada.askToDelete("Engaged");
  await bo.page.locator("#delete-7-summary").click();
  await expect(bo.page.getByRole("dialog")).toBeVisible();
  await form.getByRole("button", { name: "Delete status" }).click();
  await expect(bo.names).toHaveCount(10);
  await expect(bo.page.getByRole("dialog"), "there is nothing left to delete").toBeHidden();
  await expect(bo.said).toHaveText("Engaged is gone: somebody else has deleted it meanwhile.");
  await expect(bo.page.getByRole("heading", { name: "Lead statuses" })).toBeFocused();
});

test("all by keyboard, and the focus stays where the work is", async ({ company, signedIn }) => {
  const statuses = await Statuses.open(await signedIn(company.addUser("Ada Admin", "Company Admin")));
  const { page } = statuses;
  const up = statuses.move("Followups", "up");
  await up.focus();
  await page.keyboard.press("Enter");
  await expect(statuses.names.nth(1)).toHaveText("Followups");
  await expect(up).toBeFocused();
  await page.keyboard.press("Space");
  await expect(statuses.names.nth(0)).toHaveText("Followups");
  await expect(up).toBeFocused();
  await expect(up).toBeDisabled();
  await page.keyboard.press("Enter");
  const down = statuses.move("Followups", "down");
  await down.focus();
  await page.keyboard.press("Enter");
  await expect(statuses.names.nth(1)).toHaveText("Followups");
  await expect(down).toBeFocused();

  const summary = page.locator("#rename-7-summary");
  await summary.focus();
  await page.keyboard.press("Enter");
  const input = page.getByLabel("New name of Busy");
  await expect(input).toBeFocused();
  await page.keyboard.type("x");
  await page.keyboard.press("Escape");
  await expect(input).toBeHidden();
  await expect(summary).toBeFocused();
  await page.keyboard.press("Enter");
  await expect(input).toHaveValue("Busy");
  await input.fill("Engaged");
  await page.keyboard.press("Enter");
  await expect(statuses.names.nth(5)).toHaveText("Engaged");
  await expect(summary).toBeFocused();

  const deleting = page.locator("#delete-7-summary");
  await deleting.focus();
  await page.keyboard.press("Enter");
  await expect(page.getByRole("dialog", { name: "Delete Engaged?" })).toBeVisible();
  await page.keyboard.press("Escape");
  await expect(page.getByRole("dialog")).toBeHidden();
  await expect(deleting).toBeFocused();
  await page.keyboard.press("Enter");
  await page.getByRole("dialog").getByRole("button", { name: "Delete status" }).press("Enter");
  await expect(statuses.said).toHaveText("Engaged was deleted.");
  await expect(page.getByRole("heading", { name: "Lead statuses" })).toBeFocused();
});
