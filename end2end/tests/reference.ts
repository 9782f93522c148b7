// What the tests of the reference text share: one test for each thing that Settings → Configurations says, a file per
// section; README.md lists which sentence is whose. What it says of the dashboard, Reports, Customers and the user record
// is tested beside those pages.
import type { Company } from "./company.ts";

export const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
export const DAY = 24 * HOUR;

export const outcome = (text: string) => new RegExp(`^Last run: \\d{4}-\\d\\d-\\d\\d \\d\\d:\\d\\d IST — ${text}$`);

/** How long it is from now to the next `time` of day in Kolkata, which never changes its clocks. */
export function until(company: Company, time: string): number {
  const [hour, minute] = time.split(":").map(Number);
  const local = company.now() + 5.5 * HOUR;
  const ahead = Math.floor(local / DAY) * DAY + hour * HOUR + minute * MINUTE - local;
  return ahead > 0 ? ahead : ahead + DAY;
}

/** The time of day in Kolkata that comes an hour from now or later, to the minute. */
export function anHourFrom(company: Company): string {
  return new Date(company.now() + 5.5 * HOUR + HOUR + MINUTE).toISOString().slice(11, 16);
}

/** Puts leads on a status, as their agents would over time. */
export function putOn(company: Company, status: number, leads: string) {
  const now = company.now();
  company.sql(`INSERT INTO lead_events (lead_id, at, actor_id, from_status_id, to_status_id, from_owner_id, to_owner_id, why)
               SELECT id, ${now}, owner_id, status_id, ${status}, owner_id, owner_id, 'Called' FROM leads WHERE ${leads};
               UPDATE leads SET status_id = ${status}, status_since = ${now}, version = version + 1 WHERE ${leads}`);
}
