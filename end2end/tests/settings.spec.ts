import { expect, PASSWORD, test } from "./company.ts";
import { AutoAssignment, Section } from "./configurations.ts";

/** What is typed into each section, and what the refusal of something else says. */
const sections: { title: string; type: (section: Section) => Promise<void>; typed: (section: Section) => Promise<void>; asSaved: (section: Section) => Promise<void> }[] = [
  {
    title: "Daily call target",
    type: (section) => section.field("Daily call target").fill("80"),
    typed: (section) => expect(section.field("Daily call target")).toHaveValue("80"),
    asSaved: (section) => expect(section.field("Daily call target")).toHaveValue("100"),
  },
  {
    title: "Show customer to",
    type: (section) => section.choice("Agent Only").check(),
    typed: (section) => expect(section.choice("Agent Only")).toBeChecked(),
    asSaved: (section) => expect(section.choice("All")).toBeChecked(),
  },
  {
    title: "Auto lead assignment",
    type: async (section) => {
      await section.time.fill("08:15");
      await section.status("Busy").check();
    },
    typed: async (section) => {
      await expect(section.time).toHaveValue("08:15");
      await expect(section.status("Busy")).toBeChecked();
    },
    asSaved: async (section) => {
      await expect(section.time).toHaveValue("09:00");
      await expect(section.status("Busy")).not.toBeChecked();
    },
  },
  {
    title: "Daily lead top-up",
    type: async (section) => {
      await section.toggle.check();
      await section.time.fill("10:20");
    },
    typed: async (section) => {
      await expect(section.toggle).toBeChecked();
      await expect(section.time).toHaveValue("10:20");
    },
    asSaved: (section) => expect(section.toggle).not.toBeChecked(),
  },
  {
    title: "Auto removal",
    type: async (section) => {
      await section.field("After days").fill("30");
      await section.status("Wrong Number").check();
    },
    typed: async (section) => {
      await expect(section.field("After days")).toHaveValue("30");
      await expect(section.status("Wrong Number")).toBeChecked();
    },
    asSaved: (section) => expect(section.field("After days")).toHaveValue("7"),
  },
];

for (const javaScriptEnabled of [true, false]) {
  test.describe(javaScriptEnabled ? "with JavaScript" : "without JavaScript", () => {
    for (const { title, type, typed, asSaved } of sections) {
      test(`${title}: saved with the password and kept; a wrong one changes nothing and keeps what was typed`, async ({ company, signedIn }) => {
        const admin = company.addUser("Ada Admin", "Company Admin");
        const section = await Section.of(await signedIn(admin, { javaScriptEnabled }), title, javaScriptEnabled);
        await asSaved(section);
        await type(section);
        await section.save("not the password");
        await expect(section.section.getByText("That isn't your password. Nothing was saved.")).toBeVisible();
        await typed(section);
        await expect(section.password).toHaveValue("");
        await asSaved(await Section.of(await signedIn(admin), title));
        await section.store();
        await section.page.reload();
        await section.ready();
        await typed(section);
      });
    }

    test("what is not allowed is refused beside its field", async ({ company, signedIn }) => {
      const page = await signedIn(company.addUser("Ada Admin", "Company Admin"), { javaScriptEnabled });
      const refused = async (title: string, change: (section: Section) => Promise<void>, message: string) => {
        const section = await Section.of(page, title, javaScriptEnabled);
        await change(section);
        await section.save();
        await expect(section.section.getByText(message)).toBeVisible();
        page.removeAllListeners("dialog");
        page.once("dialog", (dialog) => dialog.accept());
      };
      const number = "Daily call target is a whole number from 1 to 1000.";
      for (const value of ["0", "1001", "many"]) {
        await refused("Daily call target", (section) => section.field("Daily call target").fill(value), number);
      }
      const nothing = "Select at least one status, or switch Auto lead assignment off.";
      await refused("Auto lead assignment", async (section) => (await section.toggle.check(), await section.select()), nothing);
      await refused("Auto lead assignment", (section) => section.time.fill(""), "Reassign at is a time of day from 00:00 to 23:59, such as 09:00.");
      await refused("Daily lead top-up", (section) => section.time.fill(""), "Top-up at is a time of day from 00:00 to 23:59, such as 09:00.");
      await refused("Auto removal", (section) => section.field("After days").fill("0"), "After days is a whole number from 1 to 365.");
      await refused("Auto removal", async (section) => (await section.toggle.check(), await section.select()), "Select at least one status, or switch Auto removal off.");
      const removal = await Section.of(page, "Auto removal", javaScriptEnabled);
      await removal.field("After days").fill("0");
      await removal.time.fill("");
      await removal.save();
      const days = removal.section.getByText("After days is a whole number from 1 to 365.");
      const time = removal.section.getByText("Remove at is a time of day from 00:00 to 23:59, such as 09:00.");
      await expect(days).toBeVisible();
      await expect(time).toBeVisible();
      if (javaScriptEnabled) {
        await expect(removal.field("After days")).toBeFocused();
        await removal.field("After days").fill("7");
        await expect(days).toHaveCount(0);
        await expect(time, "what is wrong elsewhere stays").toBeVisible();
      }
      const fresh = await Section.of(await signedIn("ada.admin@example.com"), sections[0].title);
      for (const { title, asSaved } of sections) await asSaved(fresh.beside(title));
    });

    test("a stale form is told who saved meanwhile and loses nothing", async ({ company, signedIn }) => {
      const page = await signedIn(company.addUser("Ada Admin", "Company Admin"), { javaScriptEnabled });
      const other = await signedIn(company.addUser("Bo Boss", "Company Admin"), { javaScriptEnabled: false });
      const [mine, theirs] = [await AutoAssignment.open(page, javaScriptEnabled), await AutoAssignment.open(other, false)];
      await mine.time.fill("07:30");
      await theirs.time.fill("10:00");
      await theirs.store();
      await mine.save();
      await expect(mine.section.getByText(/^Bo Boss saved this section at .* Nothing of yours was saved/)).toBeVisible();
      await expect(mine.time).toHaveValue("07:30");
      const fresh = await AutoAssignment.open(await signedIn("ada.admin@example.com"));
      await expect(fresh.time).toHaveValue("10:00");
    });
  });
}

test("what would change is shown before the password is asked, and leaving asks", async ({ company, signedIn }) => {
  const page = await signedIn(company.addUser("Ada Admin", "Company Admin"));
  const section = await AutoAssignment.open(page);
  const tabs = page.getByRole("navigation", { name: "Settings" });
  await tabs.getByRole("link", { name: "General" }).click();
  await expect(page.locator("#main"), "keyboard and screen reader go on there").toBeFocused();
  await expect(page.getByLabel("Company name")).toBeVisible();
  await tabs.getByRole("link", { name: "Configurations" }).click();
  await section.ready();
  await expect(section.section.getByText("No unsaved changes.")).toBeVisible();
  await expect(section.password).toBeHidden();
  await section.time.fill("07:30");
  await expect(section.section.locator(".changes li")).toHaveText("Reassign at: 09:00 → 07:30");
  await expect(section.password).toBeVisible();
  await section.beside("Daily call target").field("Daily call target").fill("90");
  page.once("dialog", (dialog) => dialog.dismiss());
  await page.getByRole("link", { name: "Leads" }).first().click();
  await expect(section.time).toHaveValue("07:30");
  const asked = page.waitForEvent("dialog");
  await page.evaluate(() => history.back());
  await (await asked).dismiss();
  await expect(page).toHaveURL(/tab=configurations$/);
  await expect(section.time).toHaveValue("07:30");
  page.once("dialog", (dialog) => dialog.accept());
  await page.evaluate(() => history.back());
  await expect(page.getByLabel("Company name")).toBeVisible();
  await expect(page).toHaveURL(/tab=general$/);
});

test("an open form keeps its ticks as a status is renamed, and says of its own save only what still holds", async ({ company, signedIn }) => {
  const admin = company.addUser("Ada Admin", "Company Admin");
  const section = await AutoAssignment.open(await signedIn(admin));
  const other = await signedIn(company.addUser("Bo Boss", "Company Admin"), { javaScriptEnabled: false });
  await section.status("Busy").check();
  await section.status("Missed").uncheck();
  await other.goto("/settings?tab=status");
  await other.locator("#rename-7-summary").click();
  await other.getByLabel("New name of Busy").fill("Engaged");
  await other.getByLabel("New name of Busy").press("Enter");
  await expect(section.status("Engaged")).toBeChecked();
  await section.store();
  const said = "Auto-reassign leads with status: Unassigned, Not Picked, Missed → Unassigned, Engaged, Not Picked";
  await expect(section.section.locator(".changes li")).toHaveText(said);
  const theirs = await AutoAssignment.open(other, false);
  await theirs.time.fill("10:00");
  await theirs.store();
  await expect(section.time).toHaveValue("10:00");
  await expect(section.saved).toHaveCount(0);
});

test("what was typed survives a session that has ended", async ({ company, signedIn }) => {
  const page = await signedIn(company.addUser("Ada Admin", "Company Admin"));
  const section = await AutoAssignment.open(page);
  await section.time.fill("07:30");
  await page.context().clearCookies();
  await section.save();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("You are signed out");
  await expect(section.section).toHaveCount(0);
  await page.getByLabel("Email").fill("ada.admin@example.com");
  await page.getByLabel("Password").fill(PASSWORD);
  await page.getByRole("button", { name: "Sign in" }).click();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Settings");
  await expect(section.section.getByRole("alert")).toContainText("You were signed out, so nothing was done.");
  await expect(section.time).toHaveValue("07:30");
  await section.store();
});

test("settings that work against each other are told", async ({ company, signedIn }) => {
  const page = await signedIn(company.addUser("Ada Admin", "Company Admin"));
  company.addUser("Agent 1", "Agent", 5);
  const assignment = await AutoAssignment.open(page);
  const [topUp, removal] = [assignment.beside("Daily lead top-up"), assignment.beside("Auto removal")];
  await assignment.toggle.check();
  await assignment.store();
  await topUp.toggle.check();
  await topUp.time.fill("08:30");
  await topUp.store();
  await expect(topUp.panel.getByText(/^Top-up at 08:30 comes before reassignment at 09:00/)).toBeVisible();
  await topUp.time.fill("09:00");
  await topUp.store();
  await expect(topUp.panel.getByText(/comes before/)).toHaveCount(0);
  await removal.toggle.check();
  await removal.time.fill("20:00");
  await removal.store();
  await expect(removal.panel.getByText(/^Not Picked and Missed are reassigned at 09:00, before Auto removal at 20:00/)).toBeVisible();
  company.sql("UPDATE users SET lead_cap = 0 WHERE lead_cap = 5");
  await page.reload();
  await expect(topUp.panel.getByText(/all agents are at cap/)).toBeVisible();
});

test("what the page came with isn't asked for again, and what changes is", async ({ company, signedIn }) => {
  const page = await signedIn(company.addUser("Ada Admin", "Company Admin"));
  const asked: string[] = [];
  page.on("request", (request) => {
    const { pathname } = new URL(request.url());
    if (pathname.startsWith("/api/")) asked.push(pathname);
  });
  const stream = page.waitForResponse((response) => new URL(response.url()).pathname === "/live");
  const assignment = await AutoAssignment.open(page);
  await stream;
  await page.waitForTimeout(1500);
  expect(asked).toEqual([]);
  await assignment.toggle.check();
  await assignment.store();
  await expect.poll(() => asked.length).toBeGreaterThan(1);
});

test("hovering over a time shows the viewer's own where that isn't the company's", async ({ company, signedIn }) => {
  const admin = company.addUser("Ada Admin", "Company Admin");
  const away = await AutoAssignment.open(await signedIn(admin, { timezoneId: "America/New_York" }));
  await away.enable();
  const time = away.nextRun.locator("time");
  await expect(time).toHaveText(/^\d{4}-\d{2}-\d{2} 09:00 IST$/);
  // Kolkata has no clock changes, and nine o'clock there is the evening before in New York.
  const [date] = (await time.textContent())!.split(" ");
  const viewers = new Intl.DateTimeFormat("sv-SE", { timeZone: "America/New_York", dateStyle: "short", timeStyle: "short" });
  await expect(time).toHaveAttribute("title", `${viewers.format(new Date(`${date}T09:00+05:30`))} your time`);
  const there = await AutoAssignment.open(await signedIn(admin, { timezoneId: "Asia/Kolkata" }));
  await expect(there.nextRun.locator("time")).toHaveText(/09:00 IST$/);
  await expect(there.nextRun.locator("time")).not.toHaveAttribute("title");
});
