import { brotliCompressSync, constants } from "node:zlib";
import type { APIRequestContext } from "@playwright/test";
import { expect, test } from "./company.ts";

/** What may be sent, compressed, in bytes. What grows beyond it is to be made smaller, or its worth be shown. */
const BUDGET = { "the sign-in": 30_000, "the program": 1_020_000, "the style": 14_500 };

async function weight(request: APIRequestContext, addresses: string[]) {
  const bodies = await Promise.all(addresses.map(async (address) => (await request.get(address)).body()));
  const options = { params: { [constants.BROTLI_PARAM_QUALITY]: 9 } };
  return bodies.reduce((sum, body) => sum + brotliCompressSync(body, options).length, 0);
}

test("nothing weighs more than its budget", async ({ company, page, site }) => {
  company.addUser("Ada Admin", "Company Admin");
  await page.goto(`${site}/sign-in`);
  const linked = (rel: string) =>
    page.locator(`head link[rel=${rel}]`).evaluateAll((links: HTMLLinkElement[]) => links.map((link) => link.href));
  const [style, icon, program] = await Promise.all([linked("stylesheet"), linked("icon"), linked("prefetch")]);
  const weights = {
    "the sign-in": await weight(page.request, [page.url(), ...style, ...icon]),
    "the program": await weight(page.request, program),
    "the style": await weight(page.request, style),
  };
  for (const [what, bytes] of Object.entries(weights)) {
    expect(bytes, `${what} weighs ${bytes} bytes`).toBeGreaterThan(1_000);
    expect(bytes, `${what} weighs ${bytes} bytes`).toBeLessThanOrEqual(BUDGET[what as keyof typeof BUDGET]);
  }
});
