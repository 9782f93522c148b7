import { expect, type Page, test } from "./company.ts";

// Nothing is cut, hidden or too small to hit: measured on every page, in one company and one browser. 720 px is what
// 200 % zoom leaves of 1440.
const SIZES = [
  { width: 1440, height: 900 },
  { width: 720, height: 450 },
  { width: 390, height: 844 },
  { width: 320, height: 568 },
];

/** Each page, in the demo company, by who looks at it. */
const PAGES = {
  "admin@demo.example": [
    "/leads",
    "/leads/new",
    "/leads/7/edit",
    "/leads/import",
    "/leads?status=7&status=8&q=a&days=1",
    "/users",
    "/users/new",
    "/users/3",
    "/roles",
    "/roles/3",
    "/account",
    "/settings?tab=general",
    "/settings?tab=status",
    "/settings?tab=configurations",
    "/settings/runs",
    "/settings/runs/1",
    "/nowhere",
  ],
  "manager@demo.example": ["/dashboard", "/leads", "/leads/7", "/customers", "/customers/1", "/reports", "/reports?from=2026-01-01&to=2026-01-30"],
  "agent1@demo.example": ["/dashboard", "/tasks", "/calls", "/leads", "/customers", "/leads/9?from=tasks"],
};

/** What is wrong with the page as it stands, in words. */
function measure(): string[] {
  const found: string[] = [];
  const name = (element: Element) => {
    const text = (element.textContent ?? "").trim().replace(/\s+/g, " ").slice(0, 40);
    const kind = [...element.classList].map((one) => `.${one}`).join("");
    return `${element.tagName.toLowerCase()}${element.id ? `#${element.id}` : ""}${kind} “${text}”`;
  };
  const seen = (element: Element) =>
    element.checkVisibility({ visibilityProperty: true, opacityProperty: true }) && !element.closest(".visually-hidden, .skip-link, thead[hidden]");
  const clipped = (element: Element) => getComputedStyle(element).clipPath !== "none" || [...ancestors(element)].some((one) => getComputedStyle(one).clipPath !== "none");
  function* ancestors(element: Element) {
    for (let one = element.parentElement; one; one = one.parentElement) yield one;
  }
  const wide = document.documentElement;
  const enlarged = wide.style.fontSize !== "";
  if (wide.scrollWidth > wide.clientWidth) {
    const far = [...document.querySelectorAll("body *")].filter((one) => one.getBoundingClientRect().right >= wide.scrollWidth - 1 && one.childElementCount === 0 && ![...ancestors(one)].some((holder) => holder.matches(".sidebar") || getComputedStyle(holder).overflowX === "auto"));
    found.push(`the page is ${wide.scrollWidth} wide in ${wide.clientWidth}: ${far.slice(0, 2).map(name).join(", ")}`);
  }

  for (const element of document.querySelectorAll("body *")) {
    if (!seen(element) || clipped(element) || element.closest("svg")) continue;
    const style = getComputedStyle(element);
    // Text that doesn't fit and can't be scrolled to. An ellipsis is one where the whole name stands in a title.
    const cutX = element.scrollWidth > element.clientWidth + 1 && ["hidden", "clip"].includes(style.overflowX) && element.clientWidth > 0;
    const cutY = element.scrollHeight > element.clientHeight + 1 && ["hidden", "clip"].includes(style.overflowY) && element.clientHeight > 0;
    if ((cutX || cutY) && !element.hasAttribute("title") && !element.matches("input, textarea")) found.push(`cut: ${name(element)} (${element.scrollWidth}×${element.scrollHeight} in ${element.clientWidth}×${element.clientHeight})`);
    // What sticks out of what holds it, without a way to scroll there.
    const box = element.getBoundingClientRect();
    if (box.width === 0 || box.height === 0) continue;
    if (element.matches("input, select, textarea, button, a, label, th, td, p, h1, h2, h3, dt, dd, li, time")) {
      const scrolls = [...ancestors(element)].some((one) => ["auto", "scroll"].includes(getComputedStyle(one).overflowX));
      const holder = element.closest(".card, .note, .menu-panel, .content");
      const right = holder ? holder.getBoundingClientRect().right : wide.clientWidth;
      if (!scrolls && holder !== element && box.right > right + 1 && box.right <= wide.clientWidth + 1) found.push(`sticks out: ${name(element)} (${Math.round(box.right)} of ${Math.round(right)})`);
      if (!scrolls && (box.right > wide.clientWidth + 1 || box.left < -1)) found.push(`off the page: ${name(element)} (${Math.round(box.left)} to ${Math.round(box.right)})`);
    }
    // What is typed can be gone through; a date can't.
    if (element instanceof HTMLInputElement && ["datetime-local", "date", "time"].includes(element.type)) {
      if (element.scrollWidth > element.clientWidth + 1) found.push(`cut value: ${name(element)} ${element.name} “${element.value}”`);
    }
  }

  // On a desk's screen tables fit, however long the names in them; and what they add up to is in sight.
  for (const table of document.querySelectorAll(".table-scroll")) {
    if (!enlarged && wide.clientWidth > 1400 && table.scrollWidth > table.clientWidth + 1) found.push(`a table is ${table.scrollWidth} wide in ${table.clientWidth}: ${name(table)}`);
    const foot = table.querySelector("tfoot tr > *")?.getBoundingClientRect();
    if (foot && foot.bottom > table.getBoundingClientRect().bottom + 1) found.push(`the total is out of sight: ${name(table)}`);
  }

  // Targets of 24 px, as WCAG 2.2 (2.5.8) asks: smaller ones stand apart, or in a sentence.
  const targets = [...document.querySelectorAll("a[href], button, summary, input:not([type=hidden]), select, textarea, [tabindex='0']")].filter((one) => seen(one) && !clipped(one));
  const inSentence = (element: Element) => {
    const block = element.closest("p, li, dd, td, th, .hint, .field-help, .empty, .note, .card-empty, caption, label, span");
    if (!block || getComputedStyle(element).display !== "inline") return false;
    const rest = (block.textContent ?? "").replace(element.textContent ?? "", "").replace(/[\s.,·]+/g, "");
    return rest.length > 0 && block.matches("p, .note, .empty, .card-empty, caption, .field-help, dd, li, h2");
  };
  for (const target of targets) {
    const label = target.closest("label");
    const box = (target.matches("input[type=checkbox], input[type=radio]") && label ? label : target).getBoundingClientRect();
    if (box.width === 0 || inSentence(target)) continue;
    // A card's link covers it all.
    const after = getComputedStyle(target, "::after");
    if (after.position === "absolute" && after.content !== "none") continue;
    if (box.height < 23.5 || box.width < 23.5) found.push(`small: ${name(target)} ${Math.round(box.width)}×${Math.round(box.height)}`);
  }
  return found;
}

/** What moves has come to rest. */
async function settled(page: Page) {
  await page.evaluate(async () => {
    for (let n = 0; n < 3; n += 1) await new Promise((painted) => requestAnimationFrame(painted));
  });
}

/** Each field and button can be seen once it has the focus: nothing that stays in place lies on it. */
async function covered(page: Page): Promise<string[]> {
  return page.evaluate(async () => {
    const found: string[] = [];
    const fields = document.querySelectorAll<HTMLElement>("main :is(a[href], button, summary, input:not([type=hidden]), select, textarea)");
    for (const field of fields) {
      if (!field.checkVisibility({ visibilityProperty: true })) continue;
      field.focus({ preventScroll: false });
      if (document.activeElement !== field) continue;
      const box = field.getBoundingClientRect();
      if (box.width === 0 || field.closest(".visually-hidden")) continue;
      const [x, y] = [box.left + box.width / 2, Math.min(Math.max(box.top + box.height / 2, 1), innerHeight - 2)];
      const top = document.elementFromPoint(x, y);
      const same = top && (field.contains(top) || top.contains(field) || top.closest("label")?.contains(field) || field.closest("label, tr, .option")?.contains(top));
      if (top && !same) {
        const stays = (() => {
          for (let one: Element | null = top; one; one = one.parentElement) if (["sticky", "fixed"].includes(getComputedStyle(one).position)) return one;
          return null;
        })();
        if (stays && !stays.contains(field)) found.push(`covered: ${field.tagName.toLowerCase()}#${field.id} “${(field.textContent ?? "").trim().slice(0, 30)}” by ${stays.className}`);
      }
    }
    return found;
  });
}

/** Where a file that is looked at stands, and one that was taken in, with what wasn't. */
async function imported(page: Page): Promise<string[]> {
  const row = (n: number, phone: string) => `Lead with a long name ${n},Of a family,${phone},lead.number.${n}@a-domain-with-a-long-name.example,Not Picked,"vip;walk-in;exhibition in spring",Asha`;
  const rows = [row(1, "+18725559001"), row(2, "12"), row(3, "+18725559001"), row(4, "+911100000001"), row(5, "+18725559005")];
  const buffer = Buffer.from(["FirstName,LastName,Phone,Email,Status,Tags,Owner", ...rows, ""].join("\n"));
  const paths = [];
  for (const goOn of [false, true]) {
    await page.goto("/leads/import");
    await expect(page.locator("html[data-hydrated]")).toBeAttached();
    await page.getByLabel("CSV file").setInputFiles({ name: "leads of the exhibition in the spring of this year.csv", mimeType: "text/csv", buffer });
    await page.getByRole("button", { name: "Look at the file" }).click();
    await expect(page.getByRole("heading", { name: "What would be imported" })).toBeVisible();
    if (goOn) {
      await page.getByRole("button", { name: /^Import \d+ lead/ }).click();
      await expect(page.getByRole("heading", { name: "Rows not taken in" })).toBeVisible();
    }
    paths.push(new URL(page.url()).pathname);
  }
  return paths;
}

test("nothing is cut, hidden or too small on any page, from 320 to 1440 px", async ({ company, signedIn }) => {
  test.setTimeout(5 * 60_000);
  company.run(["demo", "--leads", "60", "--calls", "900", "--agents", "6"]);
  company.run(["run", "top-up"]);
  // Names as people have them, and as machines make them.
  company.sql("UPDATE users SET name = 'Venkatanarasimharajuvaripeta Subramaniam' WHERE email = 'agent1@demo.example'");
  company.sql("UPDATE users SET name = 'averylongnamewithoutanyblankthatonlyamachinewouldgive' WHERE email = 'agent2@demo.example'");
  company.sql("UPDATE leads SET first_name = 'Wolfeschlegelsteinhausenbergerdorff', last_name = 'Hubert Blaine', email = 'wolfeschlegelsteinhausenbergerdorff.hubert@averylongdomainname.example' WHERE id IN (7, 9)");
  company.sql("UPDATE statuses SET name = 'Waiting for the documents of the second' WHERE id = 7");
  const wrong: string[] = [];
  for (const [email, paths] of Object.entries(PAGES)) {
    const page = await signedIn(email, { reducedMotion: "reduce" }, undefined, "calliyo demo");
    for (const path of email.startsWith("admin") ? [...paths, ...(await imported(page))] : paths) {
      await page.setViewportSize(SIZES[0]);
      await page.goto(path);
      await expect(page.locator("html[data-hydrated]")).toBeAttached();
      for (const size of SIZES) {
        await page.setViewportSize(size);
        await settled(page);
        // Text at 200 % is another measure than zoom: everything grows, and the page does not.
        for (const text of [1440, 390].includes(size.width) ? ["", "200%"] : [""]) {
          await page.evaluate((text) => document.documentElement.style.setProperty("font-size", text), text);
          await settled(page);
          const found = [...(await page.evaluate(measure)), ...(text ? [] : await covered(page))];
          wrong.push(...new Set(found.map((one) => `${path}, ${size.width}${text && ", text at 200 %"}: ${one}`)));
        }
        await page.evaluate(() => document.documentElement.style.removeProperty("font-size"));
      }
    }
  }
  expect(wrong, wrong.join("\n")).toEqual([]);
});
