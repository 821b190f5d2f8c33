// Sums the results that jest wrote for each project. One without results, or without a test, is a failure:
// a gate that ran nothing must not be green.
import { existsSync, readFileSync, readdirSync } from "node:fs";

const projects = [
  ...readdirSync("packages").map((name) => `packages/${name}`),
  ".github/automation",
  "tests",
];
const long = ["packages/plan-report", "tests"];
const files = [
  ...projects.map((project) => `${project}/test-results.json`),
  ...long.map((project) => `${project}/test-results.long.json`),
];
let passed = 0;
let failed = 0;
let skipped = 0;
for (const file of files) {
  const results = existsSync(file) ? JSON.parse(readFileSync(file, "utf8")) : undefined;
  if (!results || results.numTotalTests === 0) {
    console.error(`${file}: no test ran`);
    failed += 1;
    continue;
  }
  passed += results.numPassedTests;
  failed += results.numFailedTests + results.numRuntimeErrorTestSuites;
  skipped += results.numPendingTests;
}
console.log(`${passed} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ""}`);
process.exitCode = failed > 0 ? 1 : 0;
