import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { type Browser, type BrowserContextOptions, type Page } from "playwright-core";
import { bundlePage } from "../../../src/render/page/bundle";
import { type AddressReport, selectEnvironments } from "../../../src/read/address-report";
import { htmlPage } from "../../../src/render/page/page";
import { type BlockUse } from "../../../src/render/page/map-document";
import { type Review } from "../../../src/review/review";
import { findChromium, launchChromium } from "./chromium";
import { addressesOfChange, baseOf, eks, gke, lockOf, planned, reviewOf } from "../../example-change";
import { fleetPlan } from "../../fleet";
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

const shopVpc = (): string => {
  const vpc = lockOf(after).allocations.find(({ key }) => key === SHOP);
  if (vpc === undefined) throw new Error(`no ${SHOP}`);
  return vpc.cidr;
};
const SHOP = "aws/eu-central-1/prod/eks/shop";

/** A base in which the VPC of the shop is elsewhere. */
function movedShop() {
  const base = baseOf(after);
  const allocations = lockOf(after).allocations.map((entry) =>
    entry.key === SHOP ? { ...entry, cidr: "10.136.0.0/24" } : entry,
  );
  return { shop: shopVpc(), base: { ...base, lock: { allocations } } };
}

/** A review in which the VPC of the shop is deployed. */
const deployedShop = (): Review => {
  const known = { id: "vpc-0aaa", owner_id: "333333333333", cidr_block: shopVpc() };
  return reviewOf(
    { network: [planned("aws_vpc.main", known, { actions: ["no-op"], before: known })] },
    after,
  );
};

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
  async function open(
    review: Review,
    addresses: AddressReport,
    options: BrowserContextOptions = {},
    fragment = "",
    use?: ReadonlyMap<string, BlockUse>,
  ) {
    const file = join(scratch(), "index.html");
    const html = htmlPage([review], addresses.tree, assets, use);
    writeFileSync(file, html);
    const context = await browser.newContext({ reducedMotion: "reduce", ...options });
    const page = await context.newPage();
    const url = pathToFileURL(file).href;
    const trouble: string[] = [];
    page.on(
      "request",
      (request) => request.url().split("#")[0] !== url && trouble.push(`request ${request.url()}`),
    );
    page.on("console", (message) => trouble.push(message.text()));
    page.on("pageerror", (error) => trouble.push(error.message));
    page.on("dialog", (dialog) => trouble.push(`dialog ${dialog.message()}`));
    await page.goto(url + fragment);
    await page.waitForSelector("[role=treeitem]");
    return { page, trouble, size: Buffer.byteLength(html) };
  }
  const item = (page: Page, name: string) => page.locator(`[role=treeitem][aria-label^="${name}"]`);
  const focused = (page: Page) => page.locator(":focus").getAttribute("aria-label");
  const trail = (page: Page) => page.locator("#trail [aria-current]").innerText();
  const selected = (page: Page) => page.locator("[aria-selected=true]").getAttribute("aria-label");

  test("makes no network request and shows what changes, first of all", async () => {
    const { page, trouble } = await open(change, prod);
    expect(await page.locator(".alarm h2").allInnerTexts()).toEqual([
      "prod: 1 resource destroyed or replaced",
      "prod: policy",
    ]);
    const kinds = await page.locator(".changes .what").allInnerTexts();
    expect(new Set(kinds)).toEqual(new Set(["× retired", "+ added"]));
    const titles = await page.locator("main > section > h2").allInnerTexts();
    expect(titles.slice(2, 4)).toEqual(["Address changes", "Address map"]);
    expect(await page.locator(".legend").innerText()).toContain("retired: taken until proven free");
    expect(await page.locator(".cluster h3").allInnerTexts()).toEqual([
      "search GKE new tight",
      "shop EKS",
      "old GKE removed",
    ]);
    expect(trouble).toEqual([]);
  });

  test("a change leads to its block, and the folded pools around it say that it is inside", async () => {
    const { page } = await open(change, prod);
    expect(await item(page, "google europe-west3").getAttribute("aria-label")).toMatch(
      /, \d+ inside retired by this change, \d+ inside new in this change$|, \d+ inside new .*, \d+ inside retired /,
    );
    await page.locator(".changes a").first().click();
    expect(await selected(page)).toMatch(/retired: taken until the states prove .*, retired by this change$/);
    expect(await page.locator('.block[data-state="retired"][data-selected]').count()).toBe(1);
  });

  test("a block that moves has an arrow from its old place to its new one", async () => {
    const { base, shop } = movedShop();
    const { page } = await open(reviewOf({}, after, { base }), prod);
    expect(await page.locator('.changes [data-change="moved"] .cidr').innerText()).toBe(
      `10.136.0.0/24 → ${shop}`,
    );
    await page.locator('.changes [data-change="moved"] a').click();
    expect(await page.locator("#detail").innerText()).toContain("moved by this change, from 10.136.0.0/24");
    await page.locator("#trail a", { hasText: "prod EKS" }).click();
    expect(await page.locator("#scale .arrow path").count()).toBe(1);
    await page.locator("#scale .ghost").click({ force: true });
    expect(await selected(page)).toContain("shop VPC");
  });

  test("can be read and unfolded with the keyboard alone", async () => {
    const { page } = await open(change, prod);
    await page.locator("#fit").focus();
    await page.keyboard.press("Tab");
    expect(await focused(page)).toMatch(
      /^example: nodes and GKE, 10.0.0.0\/8, pool, 16,777,216 addresses, \d+ % full/,
    );
    await page.keyboard.press("ArrowRight");
    expect(await page.locator(":focus").getAttribute("aria-level")).toBe("2");
    await page.keyboard.press("End");
    await page.keyboard.press("Home");
    expect(await focused(page)).toContain("10.0.0.0/8");
    await page.keyboard.press("ArrowLeft");
    expect(await page.locator(":focus").getAttribute("aria-expanded")).toBe("false");
    await page.keyboard.press("ArrowDown");
    expect(await focused(page)).toContain("100.64.0.0/10");
    await page.keyboard.press("*");
    await page.keyboard.press("ArrowUp");
    await page.keyboard.press("ArrowRight");
    expect(await page.locator('[role=treeitem][tabindex="0"]').count()).toBe(1);
    await page.keyboard.press("Home");
    await page.keyboard.press("Enter");
    expect(page.url()).toMatch(/#primary$/);
  });

  test("is a tree to screen readers, and the drawing beside it is hidden from them", async () => {
    const { page } = await open(change, prod);
    const tree = await page.locator("#outline").ariaSnapshot();
    expect(tree).toMatch(
      /^- tree "Address plan":\n {2}- '?treeitem "example: nodes and GKE, 10\.0\.0\.0\/8, pool, .*\[expanded\] \[level=1\] \[selected\]/,
    );
    expect(tree).toMatch(/\n {4}- group:\n {6}- '?treeitem "google europe-west3, .* \[level=2\]/);
    expect(await page.locator("#scale").getAttribute("aria-hidden")).toBe("true");
    expect(await page.locator("#scale :is(a, button, [tabindex])").count()).toBe(0);
  });

  test("answers who owns an address, and finds clusters, accounts and VPCs", async () => {
    const { page } = await open(deployedShop(), prod);
    const ask = async (question: string) => {
      await page.locator("#find").fill(question);
      return (await page.locator("#found li").allInnerTexts()).join("\n");
    };
    await page.keyboard.press("/");
    await page.keyboard.type("who owns 100.64.0.9?");
    expect(await page.locator("#found .answer").innerText()).toMatch(/^100\.64\.0\.9 belongs to shop /);
    await page.keyboard.press("Enter");
    expect(await focused(page)).toMatch(/100\.64\.0\.0\//);
    expect(await ask("search pods")).toContain("search pods");
    expect(await ask("333333333333")).toContain("shop VPC");
    expect(await ask("vpc-0aaa")).toContain("shop VPC");
    await page.locator("#found a").first().click();
    expect(await page.locator("#detail").innerText()).toMatch(/in 333333333333[^]*vpc-0aaa/);
    expect(await ask("192.0.2.1")).toBe("192.0.2.1 is in none of this plan's spaces.");
    expect(await ask("nothing like it")).toBe("No match in this plan.");
  });

  test("a permalink opens at its block, and going back shows what was before", async () => {
    const { page } = await open(change, prod, {}, "#aws/eu-central-1/prod/eks/shop");
    expect(await selected(page)).toContain("shop VPC");
    expect(await trail(page)).toBe("shop VPC");
    await page.locator("#trail a").nth(-2).click();
    expect(await trail(page)).toBe("prod EKS");
    await page.goBack();
    expect(await trail(page)).toBe("shop VPC");
    await page.locator("#zoom-out").click();
    expect(page.url()).toMatch(/#aws\/eu-central-1\/prod\/eks$/);
    await page.goto(`${page.url().split("#")[0]}#aws/nowhere`);
    expect(await page.locator("#map-status").innerText()).toBe("This plan has no aws/nowhere.");
  });

  test("shows how many addresses were in use, and when", async () => {
    const nodes = lockOf(after).allocations.find(({ key }) => key.startsWith(`${SHOP}/nodes/`));
    const use = new Map([[nodes?.cidr ?? "", { used: 8, date: "2026-11-20" }]]);
    const { page } = await open(change, prod, {}, `#${nodes?.key}`, use);
    expect(await selected(page)).toMatch(/, 8 in use on 2026-11-20 \(25 %\)$/);
    expect(await page.locator("[aria-selected=true] .percent").innerText()).toBe("25 %");
    expect(await page.locator("#detail").innerText()).toContain("8 in use on 2026-11-20");
  });

  test("a click copies a CIDR, and says so", async () => {
    const { page } = await open(change, prod, { permissions: ["clipboard-read", "clipboard-write"] });
    await item(page, "aws eu-central-1").locator(".cidr").first().click();
    const cidr = await page.evaluate(() => navigator.clipboard.readText());
    expect(cidr).toMatch(/^10\.\d+\.0\.0\/10$/);
    expect(await page.locator("#map-status").innerText()).toBe(`Copied ${cidr}`);
    await page.locator("#detail .copy").click();
    expect(await page.evaluate(() => navigator.clipboard.readText())).toBe(cidr);
  });

  test("shows where a /20 fits, in each pool and to scale", async () => {
    const { page } = await open(change, prod);
    await page.locator("#fit").selectOption("20");
    const pools = await page.locator("#fitting li").allInnerTexts();
    expect(pools.find((line) => line.includes("prod EKS"))).toMatch(/\d places: 10\.\S+\/20/);
    await page.locator("#fitting a", { hasText: "prod EKS" }).first().click();
    expect(await page.locator("#scale .block[data-fits]").count()).toBeGreaterThan(0);
  });

  test("a click looks closer, and everything is to scale", async () => {
    const { page } = await open(change, prod);
    const heights = (name: string) =>
      page
        .locator(`#scale .block[title^="${name},"]`)
        .first()
        .evaluate((block) => block.getBoundingClientRect().height);
    const scale = await page.locator("#scale").evaluate(({ clientHeight }) => clientHeight);
    expect(await heights("aws eu-central-1")).toBeCloseTo(scale / 4 - 1, 0);
    await page.locator('#scale .block[title^="prod EKS,"]').first().click();
    expect(await trail(page)).toBe("prod EKS");
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
      ".block > *",
      ".line .name",
      ".line .cidr",
      ".line .count",
      ".line .inside",
      ".line small",
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
    expect(await page.locator("#outline").isVisible()).toBe(true);
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

  test.each([
    [200, 300_000],
    [2000, 2_000_000],
  ])("stays small and usable with %i clusters", async (clusters, most) => {
    const { addresses } = fleetPlan(0, clusters);
    const resources = Array.from({ length: 40 }, (_, at) => planned(`aws_route.a${at}`, {}));
    const deployed = addresses.clusters.slice(0, 200);
    const stacks = Object.fromEntries(deployed.map(({ name }) => [name, resources]));
    const { page, trouble, size } = await open(
      reviewOf(stacks, addresses, { environment: "network", base: baseOf(addresses) }),
      addresses,
    );
    expect(size).toBeLessThanOrEqual(most);
    expect(await page.locator("[role=treeitem]").count()).toBeLessThan(30);
    expect(await page.locator("#scale .block").count()).toBeLessThan(500);
    await page.locator("#find").fill(addresses.clusters[137]?.name ?? "");
    await page.keyboard.press("Enter");
    expect(await focused(page)).toContain(addresses.clusters[137]?.name);
    await page.keyboard.press("Enter");
    expect(await page.locator("#scale .block[data-selected]").count()).toBeLessThanOrEqual(1);
    expect(await page.locator(".clusters .cluster").count()).toBe(24);
    expect(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth)).toBe(true);
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
