import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

const folder = mkdtempSync(join(tmpdir(), "autoscaler-bundle-"));
const file = join(folder, "index.mjs");

beforeAll(() => {
  execFileSync(process.execPath, [join(__dirname, "../../scripts/bundle.mjs"), file]);
});
afterAll(() => rmSync(folder, { recursive: true }));

test("the bundled function is at most 1.2 MiB", () => {
  expect(statSync(file).size).toBeLessThanOrEqual(1.2 * 1024 * 1024);
});

test("the bundle runs without node_modules and rejects a missing configuration in one sentence", () => {
  const program = `
    const { handler } = await import(${JSON.stringify(file)});
    await handler({}, { getRemainingTimeInMillis: () => 60_000 }).catch((error) => console.log(String(error)));`;
  const output = execFileSync(process.execPath, ["--input-type=module", "--eval", program], {
    cwd: folder,
    env: { PATH: process.env.PATH },
    stdio: ["ignore", "pipe", "ignore"],
  });
  expect(String(output)).toBe(
    "AutoscalerError: SUBNET_AUTOSCALER_CONFIG: not set; deploy the function with its construct\n",
  );
});
