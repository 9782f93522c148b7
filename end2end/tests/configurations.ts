import { expect, type Locator, type Page } from "@playwright/test";
import { PASSWORD } from "./company.ts";

export const PAGE = "/settings?tab=configurations";

/** A section of the settings as a person finds it, with the status panel of its job if it has one. */
export class Section {
  readonly section: Locator;
  readonly panel: Locator;

  protected constructor(
    readonly page: Page,
    readonly title: string,
    readonly javaScript: boolean,
  ) {
    this.section = page.getByRole("region", { name: title, exact: true });
    this.panel = page.getByRole("region", { name: `Status of ${title}`, exact: true });
  }

  static async of(page: Page, title: string, javaScript = true, address = PAGE): Promise<Section> {
    const section = new Section(page, title, javaScript);
    await page.goto(address);
    await section.ready();
    return section;
  }

  /** Another section of the same page. */
  beside(title: string): Section {
    return new Section(this.page, title, this.javaScript);
  }

  /** Waits until scripts have taken the form over; without JavaScript it works at once. */
  async ready() {
    if (this.javaScript) await expect(this.section.locator("form.editing[data-interactive]")).toBeVisible();
    else await expect(this.section.getByRole("button", { name: "Save" })).toBeVisible();
  }

  get toggle() {
    return this.section.getByRole("switch", { name: this.title });
  }
  status(name: string) {
    return this.section.getByRole("group", { name: /leads with status/ }).getByRole("checkbox", { name, exact: true });
  }
  /** The time of day at which the job runs. */
  get time() {
    return this.section.getByLabel(/ at$/);
  }
  field(label: string) {
    return this.section.getByLabel(label, { exact: true });
  }
  choice(label: string) {
    return this.section.getByRole("radio", { name: label });
  }
  get password() {
    return this.section.getByLabel("Your password");
  }
  get saved() {
    return this.section.getByText(/^Saved\./);
  }
  get line() {
    return this.panel.locator(".last-run");
  }
  get nextRun() {
    return this.panel.locator(".next-run");
  }
  get runNow() {
    return this.panel.getByRole("button", { name: /Run/ });
  }
  get question() {
    return this.page.getByRole("dialog");
  }

  /** Presses Save with the password, and doesn't wait for what comes of it. */
  async save(password = PASSWORD) {
    await this.password.fill(password);
    await this.section.getByRole("button", { name: "Save" }).click();
  }

  /** Saves, and sees it saved. */
  async store() {
    await this.save();
    await expect(this.saved).toBeVisible();
  }

  /** Selects these statuses and no others. */
  async select(...names: string[]) {
    const all = this.section.getByRole("group", { name: /leads with status/ }).getByRole("checkbox");
    for (const box of await all.all()) await box.uncheck();
    for (const name of names) await this.status(name).check();
  }

  /** Presses Run Now and confirms it where scripts ask. */
  async run() {
    await this.runNow.click();
    if (this.javaScript) await this.question.getByRole("button", { name: "Run Now" }).click();
  }
}

/** The section Auto lead assignment. */
export class AutoAssignment extends Section {
  static async open(page: Page, javaScript = true): Promise<AutoAssignment> {
    const section = new AutoAssignment(page, "Auto lead assignment", javaScript);
    await page.goto(PAGE);
    await section.ready();
    return section;
  }

  /** Switches the job on for Unassigned leads. */
  async enable() {
    await this.toggle.check();
    await this.select("Unassigned");
    await this.store();
  }
}
