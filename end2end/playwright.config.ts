import { spawnSync } from "node:child_process";
import { defineConfig, devices } from "@playwright/test";

// The system's browser, found as scripts/setup finds it; else Playwright's own.
const system = spawnSync("sh", ["-c", "command -v chromium || command -v google-chrome"], { encoding: "utf8" }).stdout.trim();

export default defineConfig({
  testDir: "tests",
  outputDir: "results",
  fullyParallel: true,
  workers: 2,
  retries: 0,
  forbidOnly: true,
  timeout: 60_000,
  expect: { timeout: 10_000 },
  reporter: [["list"]],
  use: {
    ...devices["Desktop Chrome"],
    viewport: { width: 1440, height: 900 },
    launchOptions: {
      executablePath: system || undefined,
      args: [
        // Root has no user namespace to build the sandbox in.
        ...(process.getuid?.() === 0 ? ["--no-sandbox"] : []),
        "--disable-quic",
        "--no-first-run",
        "--disable-background-networking",
        "--disable-component-update",
        "--disable-sync",
      ],
    },
    // A trace of each test (`--trace on`) costs a third of the time.
    screenshot: "only-on-failure",
  },
  projects: [
    // An SQLite file has one server.
    { name: "sqlite", testIgnore: ["servers.spec.ts"] },
    // What touches the database's own ways: runs, and what one page hears of another. How a form is posted is not its.
    {
      name: "postgres",
      testMatch: ["run.spec.ts", "live.spec.ts", "servers.spec.ts", "import.spec.ts", "status.spec.ts"],
      grepInvert: /JavaScript off|without JavaScript/,
    },
  ],
});
