import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { type Browser, type BrowserContextOptions, type Page } from "playwright-core";
import { type AddressReport, selectEnvironments } from "../../../src/read/address-report";
import { bundlePage } from "../../../src/render/page/bundle";
import { type BlockUse } from "../../../src/render/page/map-document";
import { htmlPage } from "../../../src/render/page/page";
import { type Review } from "../../../src/review/review";
import { addressesOfChange, baseOf, eks, gke, planned, reviewOf } from "../../example-change";
import { removeScratch, scratch } from "../../scratch";
import { findChromium, launchChromium } from "./chromium";

export /** The address plans before and after {@link change}. */
const [before, after] = addressesOfChange(
  { shop: eks(), old: gke("prod") },
  { shop: eks(), search: gke("prod", { pods: 620 }) },
);
const subnets = planned(
  "aws_subnet.pods",
  {},
  { actions: ["delete", "create"], replace_paths: [["cidr_block"]] },
);
/** A change that destroys subnets, retires a cluster and adds one. */
export const change = reviewOf({ "shop-network": [subnets], search: [planned("a.b", {})] }, after, {
  base: baseOf(before),
});

/** The addresses of the changed environment. */
export const prod = selectEnvironments(after, ["prod"]);

/** The page of a review, in a browser. */
export interface OpenedPage {
  readonly page: Page;
  /** Errors, console messages, dialogs and network requests. */
  readonly trouble: readonly string[];
  /** In bytes. */
  readonly size: number;
}

/** What a page is opened with. */
export interface OpenOptions {
  readonly context?: BrowserContextOptions;
  /** @default "" */
  readonly fragment?: string;
  readonly use?: ReadonlyMap<string, BlockUse>;
}

const executable = findChromium();

/** Like `describe`, for tests that open pages; skipped without Chromium, except in CI. */
export const inBrowser = executable === undefined ? describe.skip : describe;

/** Starts a browser for the tests of a file. Returns the function that opens the page of a review in it. */
export function browserOfTests() {
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

  return async (review: Review, addresses: AddressReport, options: OpenOptions = {}): Promise<OpenedPage> => {
    const file = join(scratch(), "index.html");
    const html = htmlPage([review], addresses.tree, assets, options.use);
    writeFileSync(file, html);
    const context = await browser.newContext({ reducedMotion: "reduce", ...options.context });
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
    await page.goto(url + (options.fragment ?? ""));
    await page.waitForSelector("[role=treeitem]");
    return { page, trouble, size: Buffer.byteLength(html) };
  };
}

/** The label of the element that has the keyboard focus. */
export const focused = (page: Page) => page.locator(":focus").getAttribute("aria-label");
