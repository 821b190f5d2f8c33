import { type Page } from "playwright-core";
import { type Review } from "../../../src/review/review";
import { baseOf, lockOf, planned, reviewOf } from "../../example-change";
import { after, browserOfTests, change, focused, inBrowser, prod } from "./opened-page";

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

inBrowser("the map", () => {
  const open = browserOfTests();
  const item = (page: Page, name: string) => page.locator(`[role=treeitem][aria-label^="${name}"]`);
  const trail = (page: Page) => page.locator("#trail [aria-current]").innerText();
  /** Waits for a text: the page handles another fragment in a task of its own. */
  const shows = (page: Page, selector: string, text: string) =>
    page.locator(selector, { hasText: new RegExp(`^${text}$`) }).waitFor();
  const selected = (page: Page) => page.locator("[aria-selected=true]").getAttribute("aria-label");

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
    const { page } = await open(change, prod, { fragment: "#aws/eu-central-1/prod/eks/shop" });
    expect(await selected(page)).toContain("shop VPC");
    expect(await trail(page)).toBe("shop VPC");
    await page.locator("#trail a").nth(-2).click();
    await shows(page, "#trail [aria-current]", "prod EKS");
    await page.goBack();
    await shows(page, "#trail [aria-current]", "shop VPC");
    await page.locator("#zoom-out").click();
    expect(page.url()).toMatch(/#aws\/eu-central-1\/prod\/eks$/);
    await page.goto(`${page.url().split("#")[0]}#aws/nowhere`);
    await shows(page, "#map-status", "This plan has no aws/nowhere.");
    await page.goto(page.url().split("#")[0] ?? "");
    await page
      .locator("#outline [role=treeitem]", { hasText: "google" })
      .first()
      .locator(".name")
      .first()
      .click();
    await page.goBack();
    await page.waitForFunction(() => location.hash === "");
    expect(await trail(page)).toBe("example: nodes and GKE");
  });

  test("shows how many addresses were in use, and when", async () => {
    const nodes = lockOf(after).allocations.find(({ key }) => key.startsWith(`${SHOP}/nodes/`));
    const use = new Map([[nodes?.cidr ?? "", { used: 8, date: "2026-11-20" }]]);
    const { page } = await open(change, prod, { fragment: `#${nodes?.key}`, use });
    expect(await selected(page)).toMatch(/, 8 in use on 2026-11-20 \(25 %\)$/);
    expect(await page.locator("[aria-selected=true] .percent").innerText()).toBe("25 %");
    expect(await page.locator("#detail").innerText()).toContain("8 in use on 2026-11-20");
  });

  test("a click copies a CIDR, and says so", async () => {
    const { page } = await open(change, prod, {
      context: { permissions: ["clipboard-read", "clipboard-write"] },
    });
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
});
