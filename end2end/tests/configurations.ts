import { expect, type Locator, type Page } from "@playwright/test";
import { PASSWORD } from "./company.ts";

export const PAGE = "/settings?tab=configurations";

/** The section Auto lead assignment as a person finds it. */
export class AutoAssignment {
  readonly section: Locator;
  readonly panel: Locator;

  private constructor(
    readonly page: Page,
    readonly javaScript: boolean,
  ) {
    this.section = page.getByRole("region", { name: "Auto lead assignment" });
    this.panel = page.getByRole("region", { name: "Status", exact: true });
  }

  static async open(page: Page, javaScript = true): Promise<AutoAssignment> {
    await page.goto(PAGE);
    const section = new AutoAssignment(page, javaScript);
    await section.ready();
    return section;
  }

  /** Waits until scripts have taken the form over; without JavaScript it works at once. */
  async ready() {
    if (this.javaScript) await expect(this.page.locator("form.editing[data-interactive]")).toBeVisible();
    else await expect(this.section.getByRole("button", { name: "Save" })).toBeVisible();
  }

  get toggle() {
    return this.section.getByRole("switch", { name: "Auto lead assignment" });
  }
  status(name: string) {
    return this.section.getByRole("group", { name: "Auto-reassign leads with status" }).getByRole("checkbox", { name, exact: true });
  }
  get time() {
    return this.section.getByLabel("Reassign at");
  }
  get password() {
    return this.section.getByLabel("Your password");
  }
  get line() {
    return this.panel.locator(".last-run");
  }
  get runNow() {
    return this.panel.getByRole("button", { name: /Run/ });
  }

  async save(password = PASSWORD) {
    await this.password.fill(password);
    await this.section.getByRole("button", { name: "Save" }).click();
  }

  /** Switches the job on for Unassigned leads. */
  async enable() {
    await this.toggle.check();
    await this.status("Unassigned").check();
    await this.status("Not Picked").uncheck();
    await this.status("Missed").uncheck();
    await this.save();
    await expect(this.section.getByText(/^Saved\./)).toBeVisible();
  }

  /** Presses Run Now and confirms it where scripts ask. */
  async run() {
    await this.runNow.click();
    if (this.javaScript) {
      await this.page.getByRole("dialog").getByRole("button", { name: "Run Now" }).click();
    }
  }
}
