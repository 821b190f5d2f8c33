import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { compare, type NamedTrace, SETUPS, TRACES } from "./comparison";
import { comparisonIntroduction, comparisonLimits, comparisonTable } from "./comparison-page";
import { FORECAST_NODES, PODS_PER_NODE } from "./setup";

const page = join(__dirname, "../../../docs/comparison.md");
const update = process.env["UPDATE_COMPARISON"] === "1";

async function table(trace: NamedTrace): Promise<string> {
  const outcomes = [];
  for (const setup of SETUPS) outcomes.push(await compare(setup, trace));
  return comparisonTable(trace, outcomes);
}

test("docs/comparison.md says what the simulator says; else run npm run comparison", async () => {
  const tables = [];
  for (const trace of TRACES) tables.push(await table(trace));
  const text = `${[comparisonIntroduction(), ...tables, comparisonLimits()].join("\n\n")}\n`;
  if (update) writeFileSync(page, text);
  expect(readFileSync(page, "utf8")).toBe(text);
}, 300_000);

test.each(SETUPS.filter(({ name }) => name.endsWith("planned") || name.endsWith("planned ranges")))(
  "a forecast that holds leaves no pod without an address: $name",
  async ({ build }) => {
    const subject = await build();
    for (let minute = 0; minute < 5; minute++) await subject.pass(minute, FORECAST_NODES * PODS_PER_NODE);
    expect(subject.running).toBe(FORECAST_NODES * PODS_PER_NODE);
    expect(subject.operations).toBe(0);
  },
);
