import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { type Browser, type BrowserContextOptions, type Page } from "playwright-core";
import { bundlePage } from "../../../src/render/page/bundle";
import { type AddressReport, selectEnvironments } from "../../../src/read/address-report";
import { htmlPage } from "../../../src/render/page/page";
import { type Review } from "../../../src/review/review";
import { findChromium, launchChromium } from "./chromium";
import { addressesOfChange, baseOf, eks, gke, planned, reviewOf } from "../../example-change";
import { removeScratch, scratch } from "../../scratch";

const executable = findChromium();
const inBrowser = executable === undefined ? describe.skip : describe;

const [before, after] = addressesOfChange(
  { shop: eks(), old: gke("prod") },
  { shop: eks(), search: gke("prod", { pods: 620 }) },
);
const subnets = planned(
  "aws_subnet.pods",
  {},
  { actions: ["delete", "create"], replace_paths: [["cidr_block"]] },
);
const change = reviewOf({ "shop-network": [subnets], search: [planned("a.b", {})] }, after, {
  base: baseOf(before),
});

const prod = selectEnvironments(after, ["prod"]);

inBrowser("the page", () => {
  let browser: Browser;
  const assets = bundlePage();
  beforeAll(async () => {
    browser = await launchChromium(executable as string);
  });
  afterEach(async () => {
    await Promise.all(browser.contexts().map((context) => context.close()));
    removeScratch();
  });
  afterAll(() => browser.close());

  /** Opens the page of a review. `trouble` lists errors, console messages, dialogs and network requests. */
  async function open(review: Review, addresses: AddressReport, options: BrowserContextOptions = {}) {
    const file = join(scratch(), "index.html");
    writeFileSync(file, htmlPage([review], addresses.tree, assets));
    const context = await browser.newContext({ reducedMotion: "reduce", ...options });
    const page = await context.newPage();
    const url = pathToFileURL(file).href;
    const trouble: string[] = [];
    page.on("request", (request) => request.url() !== url && trouble.push(`request ${request.url()}`));
    page.on("console", (message) => trouble.push(message.text()));
    page.on("pageerror", (error) => trouble.push(error.message));
    page.on("dialog", (dialog) => trouble.push(`dialog ${dialog.message()}`));
    await page.goto(url);
    return { page, trouble };
  }
  const focused = (page: Page) => page.locator(":focus").getAttribute("aria-label");
  const trail = (page: Page) => page.locator("#trail [aria-current]").innerText();

  test("makes no network request and shows what changes", async () => {
    const { page, trouble } = await open(change, prod);
    expect(await page.locator(".alarm h2").allInnerTexts()).toEqual([
      "prod: 1 resource destroyed or replaced",
      "prod: policy",
    ]);
    const kinds = await page.locator("#address-changes tbody td:first-child").allInnerTexts();
    expect(new Set(kinds)).toEqual(new Set(["× retired", "+ added"]));
    expect(await page.locator('.block[data-mark="added"]').count()).toBeGreaterThan(2);
    const retired = page.locator('.block[data-state="retired"]').filter({ hasText: "× old pods" });
    expect(await retired.getAttribute("aria-label")).toMatch(
      /^old pods, 10\.\S+, pods, .*retired: taken until the states prove.*, retired by this change$/,
    );
    expect(await page.locator(".legend").innerText()).toContain("retired: taken until proven free");
    expect(await page.locator(".cluster h3").allInnerTexts()).toEqual([
      "search GKE new tight",
      "shop EKS",
      "old GKE removed",
    ]);
    expect(trouble).toEqual([]);
  });

  test("can be navigated and zoomed with the keyboard alone", async () => {
    const { page } = await open(change, prod);
    await page.locator("#whole").focus();
    await page.keyboard.press("Tab");
    await page.keyboard.press("Tab");
    expect(await focused(page)).toContain("example: nodes and GKE, 10.0.0.0/8, pool, 16,777,216 addresses");

    await page.keyboard.press("ArrowDown");
    const first = await focused(page);
    await page.keyboard.press("ArrowRight");
    expect(await focused(page)).not.toBe(first);
    await page.keyboard.press("ArrowLeft");
    expect(await focused(page)).toBe(first);
    await page.keyboard.press("Enter");
    expect(first).toContain(await trail(page).then((text) => text.split(" ").at(-1)));
    await page.keyboard.press("Escape");
    expect(await trail(page)).toBe("example: nodes and GKE 10.0.0.0/8");
    await page.keyboard.press("Home");
    expect(await trail(page)).toBe("whole plan");
    expect(await page.locator('.block[tabindex="0"]').count()).toBe(1);
  });

  test("finds blocks by address and by owner", async () => {
    const { page } = await open(change, prod);
    await page.keyboard.press("/");
    await page.keyboard.type("100.64.0.9");
    await page.keyboard.press("Enter");
    expect(await focused(page)).toMatch(/^(shop|growth|pods).*100\.64\.0\.0/);
    await page.locator("#find").fill("search pods");
    await page.locator("#found button").first().click();
    expect(await focused(page)).toContain("search pods");
    await page.locator("#find").fill("192.0.2.1");
    expect(await page.locator("#found").innerText()).toBe("No match in this plan.");
  });

  test("a click zooms in and out, and widths can be to scale", async () => {
    const { page } = await open(change, prod);
    const roots = page.locator('.block[aria-level="1"]');
    await page.locator("input[value=true]").check();
    const [nodes, pods] = await roots.evaluateAll((all) =>
      all.map((each) => each.getBoundingClientRect().width + 1),
    );
    expect((nodes ?? 0) / (pods ?? 1)).toBeCloseTo(4, 1);
    await roots.nth(1).click();
    expect(await trail(page)).toContain("100.64.0.0/10");
    await page.locator(".block.focus").click();
    expect(await trail(page)).toBe("whole plan");
  });

  test.each(["light", "dark"] as const)("all text has enough contrast in %s mode", async (colorScheme) => {
    const { page } = await open(change, prod, { colorScheme });
    expect(await page.evaluate(() => getComputedStyle(document.body).backgroundColor)).toBe(
      colorScheme === "dark" ? "rgb(20, 23, 26)" : "rgb(251, 251, 250)",
    );
    const texts = [
      "body",
      ".quiet",
      ".bad",
      ".tag",
      ".tight",
      ".limit",
      ".block b",
      ".alarm .quiet",
      "th",
      "button",
    ];
    for (const text of texts) {
      for (const ratio of await contrasts(page, text)) expect([text, ratio >= 4.5]).toEqual([text, true]);
    }
  });

  test("a printed page is fully expanded and has no controls", async () => {
    const { page } = await open(change, prod, { colorScheme: "dark" });
    expect(await page.locator("details[open]").count()).toBe(0);
    await page.emulateMedia({ media: "print" });
    await page.evaluate(() => dispatchEvent(new Event("beforeprint")));
    expect(await page.locator("details:not([open])").count()).toBe(0);
    expect(await page.locator(".controls").isVisible()).toBe(false);
    expect(await page.locator("#map").isVisible()).toBe(true);
    expect(await page.evaluate(() => getComputedStyle(document.body).backgroundColor)).toBe(
      "rgb(255, 255, 255)",
    );
    expect((await page.pdf({ format: "A4" })).subarray(0, 4).toString()).toBe("%PDF");
  });

  test("fits a phone", async () => {
    const { page } = await open(change, prod, { viewport: { width: 360, height: 700 } });
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(360);
    expect(
      await page.locator("tr").evaluateAll((rows) => rows.every(({ clientHeight }) => clientHeight < 100)),
    ).toBe(true);
  });

  test("stays usable with 200 clusters", async () => {
    const names = Array.from({ length: 200 }, (_, at) => `shop-${String(at).padStart(3, "0")}`);
    const [, addresses] = addressesOfChange(
      {},
      Object.fromEntries(names.map((name) => [name, eks({ nodes: 3, pods: 60 })])),
    );
    const stacks = Object.fromEntries(names.map((name) => [name, [planned("aws_route.a", {})]]));
    const { page, trouble } = await open(reviewOf(stacks, addresses), addresses);
    expect(await page.locator(".block").count()).toBeLessThan(1500);
    const pool = page.locator('.block[aria-label^="prod EKS, 10."]');
    expect(await pool.getAttribute("aria-label")).toMatch(/, 2,097,152 addresses, 9\d % free$/);
    expect(await page.locator('.block[data-kind="group"] b').first().innerText()).toBe(
      "shop-000 VPC … shop-019 VPC",
    );
    await page.locator("#find").fill("shop-137");
    await page.keyboard.press("Enter");
    await page.keyboard.press("Enter");
    expect(await trail(page)).toMatch(/^shop-137 VPC 10\./);
    expect(await page.locator('.block[data-room="wide"]').count()).toBeGreaterThan(5);
    expect(await page.locator(".clusters").first().locator(".cluster").count()).toBe(24);
    expect(trouble).toEqual([]);
  });

  test("hostile names add no markup and run no script", async () => {
    const evil =
      `"'><img src=x onerror=alert(1)><script>alert(2)</script></script></style></title>\u202e<!--\n`.repeat(
        3,
      );
    const reviewed = (name: string) => {
      const gone = planned(`aws_subnet.${name}`, null, { actions: ["delete"], before: {} });
      const rules = [{ name: "r", description: name, check: () => [{ address: name, message: name }] }];
      const review = reviewOf({ [name]: [gone] }, after, { base: { ...baseOf(before), name }, rules });
      return { ...review, environment: name };
    };
    const named = (name: string): AddressReport => ({
      ...after,
      tree: after.tree.map((root) => ({ ...root, owner: name })),
    });
    const shape = (page: Page) =>
      page.evaluate(() => [...document.querySelectorAll("*")].map(({ tagName }) => tagName));
    const harmless = await open(reviewed("network"), named("network"));
    const hostile = await open(reviewed(evil), named(evil));
    expect(await shape(hostile.page)).toEqual(await shape(harmless.page));
    expect(hostile.trouble).toEqual([]);
    expect(await hostile.page.locator("body").innerText()).not.toContain("\u202e");
  });
});

/** Contrast ratio, as WCAG defines it, of visible text with its background. */
function contrasts(page: Page, selector: string): Promise<number[]> {
  return page.locator(selector).evaluateAll((elements) => {
    const parse = (color: string) => (color.match(/[\d.]+/g) ?? []).map(Number);
    const luminance = (color: string) => {
      const [r = 0, g = 0, b = 0] = parse(color).map((value) => {
        const part = value / 255;
        return part <= 0.03928 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
      });
      return 0.2126 * r + 0.7152 * g + 0.0722 * b;
    };
    const behind = (element: Element | null): string => {
      if (element === null) return "rgb(255, 255, 255)";
      const color = getComputedStyle(element).backgroundColor;
      return parse(color)[3] === 0 ? behind(element.parentElement) : color;
    };
    return elements
      .filter((element) => element.getClientRects().length > 0)
      .map((element) => {
        const [light = 0, dark = 0] = [
          luminance(getComputedStyle(element).color),
          luminance(behind(element)),
        ].sort((a, b) => b - a);
        return (light + 0.05) / (dark + 0.05);
      });
  });
}
