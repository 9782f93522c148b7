import { type ChildProcess, execFileSync, spawn } from "node:child_process";
import { mkdtempSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { once } from "node:events";
import { DatabaseSync } from "node:sqlite";
import { test as base, type Browser, type BrowserContextOptions, expect, type Locator, type Page } from "@playwright/test";

// The product as built; or another build of it, for those who work on it.
const calliyo = process.env.CALLIYO ?? join(import.meta.dirname, "../../target/release/calliyo");
export const PASSWORD = "a good password";

/** A database of its own, and as many servers on it as a test asks for. */
export class Company {
  #servers: ChildProcess[] = [];
  #ahead = 0;

  private constructor(
    readonly folder: string,
    readonly database: string,
    readonly drop: () => void,
  ) {}

  static create(kind: string): Company {
    const folder = mkdtempSync(join(tmpdir(), "calliyo-"));
    if (kind === "sqlite") return new Company(folder, `sqlite:${join(folder, "calliyo.db")}`, () => {});
    const server = process.env.CALLIYO_TEST_POSTGRES;
    if (!server) throw new Error("run the tests through scripts/postgres");
    const name = `end2end_${process.pid}_${Math.random().toString(36).slice(2)}`;
    const psql = (sql: string) => execFileSync("psql", ["-q", server, "-c", sql]);
    psql(`CREATE DATABASE ${name}`);
    return new Company(folder, server.replace(/\/[^/]*$/, `/${name}`), () => psql(`DROP DATABASE ${name} WITH (FORCE)`));
  }

  /** Runs the command line on this company's database and gives what it prints. */
  run(args: string[], input = ""): string {
    return execFileSync(calliyo, args, { input, encoding: "utf8", env: { ...process.env, DATABASE_URL: this.database } });
  }

  addUser(name: string, role: string, leadCap = 0): string {
    const email = `${name.toLowerCase().replaceAll(" ", ".")}@example.com`;
    const user = ["user", "add", "--name", name, "--email", email, "--role", role, "--lead-cap", String(leadCap)];
    this.run([...user, "--password-stdin"], PASSWORD);
    return email;
  }

  /** Imports `count` made-up leads, with phones from the `first` on. */
  addLeads(count: number, first = 0) {
    const rows = Array.from({ length: count }, (_, i) => `Lead ${first + i + 1},,+1872${5_550_000 + first + i},,,`);
    const file = join(this.folder, "leads.csv");
    writeFileSync(file, ["FirstName,LastName,Phone,Email,Status,Tags", ...rows, ""].join("\n"));
    this.run(["import", "leads", file]);
  }

  /** The SQLite file itself; waits while a server writes. */
  sqlite(): DatabaseSync {
    return new DatabaseSync(this.database.replace("sqlite:", ""), { timeout: 5000 });
  }

  /** Runs one statement on the database. */
  sql(statement: string) {
    if (this.database.startsWith("postgres")) {
      execFileSync("psql", ["-q", "-v", "ON_ERROR_STOP=1", this.database, "-c", statement]);
      return;
    }
    const db = this.sqlite();
    db.exec(statement);
    db.close();
  }

  /** Makes each moved lead cost a moment, so that a run can be watched. */
  slowDown() {
    if (this.database.startsWith("postgres")) {
      this.sql(`CREATE FUNCTION be_slow() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN PERFORM pg_sleep(0.005); RETURN NEW; END';
                CREATE TRIGGER slow BEFORE INSERT ON lead_events FOR EACH ROW WHEN (NEW.run_id IS NOT NULL) EXECUTE FUNCTION be_slow()`);
    } else {
      this.sql(`CREATE TRIGGER slow BEFORE INSERT ON lead_events WHEN NEW.run_id IS NOT NULL BEGIN
                  SELECT (WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 8000) SELECT count(*) FROM n); END`);
    }
  }

  /** Moves the servers' clock forward. */
  pass(milliseconds: number) {
    this.#ahead += milliseconds;
    // Renamed into place, so that nobody reads half of it.
    writeFileSync(`${this.#clock}.new`, String(this.#ahead));
    renameSync(`${this.#clock}.new`, this.#clock);
  }

  /** What the servers' clock shows, in unix milliseconds. */
  now(): number {
    return Date.now() + this.#ahead;
  }

  get #clock() {
    return join(this.folder, "clock");
  }

  /** Ends the servers as a power cut would. */
  async kill() {
    for (const server of this.#servers.splice(0)) {
      server.kill("SIGKILL");
      if (server.exitCode === null && server.signalCode === null) await once(server, "exit");
    }
  }

  /** Holds the servers still, as a machine that is out of breath would, or lets them go on. */
  hold(still: boolean) {
    for (const server of this.#servers) server.kill(still ? "SIGSTOP" : "SIGCONT");
  }

  /** Starts a server, at an address or any, and gives its address. */
  async serve(at = "127.0.0.1:0"): Promise<string> {
    const server = spawn(calliyo, ["serve"], {
      env: { ...process.env, DATABASE_URL: this.database, CALLIYO_LISTEN: at, CALLIYO_TEST_CLOCK: this.#clock },
      stdio: ["ignore", "pipe", "inherit"],
    });
    this.#servers.push(server);
    let said = "";
    for await (const chunk of server.stdout!) {
      said += chunk;
      const address = said.match(/http:\/\/[\d.:]+/);
      if (address) return address[0];
    }
    throw new Error(`the server did not start: ${said}`);
  }

  async close() {
    await this.kill();
    this.drop();
    rmSync(this.folder, { recursive: true, force: true });
  }
}

interface Fixtures {
  company: Company;
  /** The address of the company's server. */
  site: string;
  /** Opens a page in a browser profile of its own, signed in. */
  signedIn: (email: string, options?: BrowserContextOptions, site?: string, password?: string) => Promise<Page>;
}

export const test = base.extend<Fixtures>({
  company: async ({}, use, info) => {
    const company = Company.create(info.project.name);
    await use(company);
    await company.close();
  },
  site: async ({ company }, use) => {
    await use(await company.serve());
  },
  signedIn: async ({ browser, site }, use) => {
    const contexts: { close(): Promise<void> }[] = [];
    await use(async (email, options, otherSite, password) => {
      const context = await browser.newContext({ baseURL: otherSite ?? site, ...options });
      contexts.push(context);
      const page = await context.newPage();
      await signIn(page, email, password);
      return page;
    });
    await Promise.all(contexts.map((context) => context.close()));
  },
});

export async function signIn(page: Page, email: string, password = PASSWORD) {
  await page.goto("/sign-in");
  await page.getByLabel("Email").fill(email);
  await page.getByLabel("Password").fill(password);
  await page.getByRole("button", { name: "Sign in" }).click();
  await expect(page.getByRole("main")).toBeVisible();
  await expect(page).not.toHaveURL(/sign-in/);
}

/** An agent with leads on their queue, given by a run. */
export function withLeads(company: Company, count: number): string {
  company.addUser("Ada Admin", "Company Admin");
  const agent = company.addUser("Agent 1", "Agent", 50);
  company.addLeads(count);
  company.run(["run", "top-up"]);
  return agent;
}

/** Logs the call whose form is on the page. */
export async function log(page: Page, outcome: string) {
  await page.getByRole("radio", { name: outcome, exact: true }).check();
  await page.getByRole("button", { name: "Log call" }).click();
}

export { expect };
export type { Browser, Locator, Page };

/** The company's date in so many days, as addresses and fields have it. */
export function inDays(days: number): string {
  return new Date(Date.now() + days * 24 * 60 * 60 * 1000).toISOString().slice(0, 10);
}
