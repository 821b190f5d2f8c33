import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { compare, type NamedTrace, SETUPS, TRACES } from "./comparison";
import { comparisonIntroduction, comparisonLimits, comparisonTable } from "./comparison-page";
import { FORECAST_NODES, PODS_PER_NODE } from "./setup";

const page = join(__dirname, "../../../docs/comparison.md");
const update = process.env["UPDATE_COMPARISON"] === "1";

async function table(trace: NamedTrace): Promise<string> {
  const results = [];
  for (const setup of SETUPS) results.push(await compare(setup, trace));
  return comparisonTable(trace, results);
}

test("docs/comparison.md matches the simulator; update it with npm run comparison", async () => {
  const tables = [];
  for (const trace of TRACES) tables.push(await table(trace));
  const text = `${[comparisonIntroduction(), ...tables, comparisonLimits()].join("\n\n")}\n`;
  if (update) writeFileSync(page, text);
  expect(readFileSync(page, "utf8")).toBe(text);
  // A limit against hanging: three minutes of CPU.
}, 3_600_000);

test.each(SETUPS.filter(({ name }) => name.endsWith("planned") || name.endsWith("planned ranges")))(
  "within the forecast no pod lacks an address: $name",
  async ({ build }) => {
    const model = await build();
    for (let minute = 0; minute < 5; minute++) await model.pass(minute, FORECAST_NODES * PODS_PER_NODE);
    expect(model.running).toBe(FORECAST_NODES * PODS_PER_NODE);
    expect(model.operations).toBe(0);
  },
);
