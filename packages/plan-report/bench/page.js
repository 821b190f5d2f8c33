// Prints JSON lines { name, value, unit }: how large the page of a fleet of 200 clusters is, and how soon a browser
// paints it. Run `npm run build` first. The plans create everything, in two stacks for each cluster.
const { existsSync, mkdtempSync, rmSync, writeFileSync } = require("node:fs");
const { tmpdir } = require("node:os");
const { join } = require("node:path");
const { pathToFileURL } = require("node:url");
const { AddressPlan, allocate } = require("@cluster-ipam/address-plan");
const { chromium } = require("playwright-core");
const { addressReport } = require("../dist/read/address-report");
const { htmlPage } = require("../dist/render/page/page");
const { readPageAssets } = require("../dist/render/page/page-assets");
const { review } = require("../dist/review/review");
const { plannedResources } = require("../dist/terraform/planned-resource");
const { stackPlan } = require("../dist/terraform/stack-plan");
const { fleetDefinition } = require("./fleet");

const CLUSTERS = 200;
const RESOURCES_PER_STACK = 20;
const ROUNDS = 11;
const BROWSERS = ["/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"];

const terraform = { format_version: "1.2", terraform_version: "1.11.4" };
const created = (address, after = {}) => ({
  ...{ address, mode: "managed", type: address.split(".")[0] },
  change: { actions: ["create"], before: null, after },
});

/** The page of a change that adds the last of the clusters; the plans create all of them. */
function fleetPage() {
  const definition = fleetDefinition(0, CLUSTERS);
  const { lock } = allocate(definition);
  const addresses = addressReport(AddressPlan.from(definition, lock));
  const stacks = addresses.clusters.flatMap(({ name }) => [
    { stack: `${name}-network`, resources: networkOf(name, addresses.tree) },
    { stack: name, resources: manyOf("aws_iam_role_policy_attachment.cluster") },
  ]);
  const plans = stacks.map(({ stack, resources }) => ({
    stack,
    plan: { ...terraform, resource_changes: resources },
  }));
  const [last] = addresses.clusters.slice(-1);
  const allocations = lock.allocations.filter(({ key }) => !key.includes(`/${last.name}`));
  return htmlPage(
    [
      review({
        plan: {
          name: "network",
          stacks: plans.map(({ stack, plan }) => ({
            ...stackPlan(stack, plan),
            ...{ planned: true, warnings: [] },
          })),
        },
        terraform: { product: "Terraform", version: terraform.terraform_version },
        resources: plans.flatMap(({ stack, plan }) => plannedResources(stack, plan)),
        ...{ addresses, lock, environments: ["network"], rules: [], acknowledgements: [] },
        base: { name: "main", addresses, lock: { allocations }, acknowledgements: [] },
      }),
    ],
    addresses.tree,
    readPageAssets(),
  );
}

const manyOf = (name) => Array.from({ length: RESOURCES_PER_STACK }, (_, at) => created(`${name}_${at}`));

/** The VPCs, subnets and ranges of a cluster, with their CIDRs, and what else is in a network. */
function networkOf(cluster, nodes) {
  const own = nodes.flatMap(function inside({ owner, kind, cidr, children }) {
    const deeper = children.flatMap(inside);
    return owner === cluster && kind !== "free" ? [cidr, ...deeper] : deeper;
  });
  const subnets = own.map((cidr, at) => created(`aws_subnet.network_subnet_${at}`, { cidr_block: cidr }));
  return [...subnets, ...manyOf("aws_route.network_route")];
}

const EMPTY = "<!doctype html><title>empty</title><p>empty</p>";

/**
 * Seconds from the navigation to the first paint, in a browser that is already running: medians of the page, and of an
 * empty one in turns with it, which tells what the machine and the browser need.
 */
async function firstPaints(html) {
  const folder = mkdtempSync(join(tmpdir(), "plan-report-bench-"));
  const executablePath = BROWSERS.find((path) => existsSync(path));
  if (executablePath === undefined)
    throw new Error(`no Chromium at ${BROWSERS.join(", ")}; install Debian's package chromium`);
  const browser = await chromium.launch({ executablePath, args: ["--no-sandbox", "--disable-gpu"] });
  try {
    const files = [html, EMPTY].map((text, at) => {
      writeFileSync(join(folder, `${at}.html`), text);
      return { url: pathToFileURL(join(folder, `${at}.html`)).href, seconds: [] };
    });
    for (let round = 0; round < ROUNDS; round++)
      for (const { url, seconds } of files) seconds.push(await firstPaint(browser, url));
    return files.map(({ seconds }) => seconds.sort((a, b) => a - b)[Math.floor(ROUNDS / 2)]);
  } finally {
    await browser.close();
    rmSync(folder, { recursive: true, force: true });
  }
}

async function firstPaint(browser, url) {
  const page = await browser.newPage({ viewport: { width: 1400, height: 900 } });
  await page.goto(url);
  await page.waitForFunction(() => performance.getEntriesByName("first-paint").length > 0);
  const milliseconds = await page.evaluate(() => performance.getEntriesByName("first-paint")[0].startTime);
  await page.close();
  return milliseconds / 1000;
}

async function main() {
  const html = fleetPage();
  const print = (name, value, unit) => process.stdout.write(`${JSON.stringify({ name, value, unit })}\n`);
  print("page of 200 clusters", Buffer.byteLength(html) / 1000, "kB");
  const [page, empty] = await firstPaints(html);
  print("page of 200 clusters, first paint", page, "s");
  print("empty page, first paint", empty, "s");
}

main().catch((error) => {
  process.stderr.write(`${error.stack}\n`);
  process.exitCode = 1;
});
