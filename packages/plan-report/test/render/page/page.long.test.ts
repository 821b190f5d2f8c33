import { type Page } from "playwright-core";
import { type AddressReport } from "../../../src/read/address-report";
import { baseOf, planned, reviewOf } from "../../example-change";
import { fleetPlan } from "../../fleet";
import { after, before, browserOfTests, change, focused, inBrowser, prod } from "./opened-page";

inBrowser("the page", () => {
  const open = browserOfTests();

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
    const clusters = await page.locator(".cluster h3").allTextContents();
    expect(clusters.map((title) => title.replace(/\s+/g, " ").trim())).toEqual([
      "search GKE new tight",
      "shop EKS",
      "old GKE removed",
    ]);
    expect(trouble).toEqual([]);
  });

  test.each(["light", "dark"] as const)("all text has enough contrast in %s mode", async (colorScheme) => {
    const { page } = await open(change, prod, { context: { colorScheme } });
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
    const { page } = await open(change, prod, { context: { colorScheme: "dark" } });
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
    const { page } = await open(change, prod, { context: { viewport: { width: 360, height: 700 } } });
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
