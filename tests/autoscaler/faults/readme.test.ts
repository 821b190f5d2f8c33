import { execFile } from "node:child_process";
import { mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { CONFIG_VARIABLE } from "@cluster-ipam/subnet-autoscaler/runtime";
import { ModuleKind, ScriptTarget, transpile } from "typescript";
import { codeBlocks } from "../../docs/code-blocks";
import { Deployment } from "./deployment";
import { LambdaBundleFolder } from "./lambda-process";
import { Permissions } from "./permissions";
import { Testbed } from "./scenarios";

const root = join(__dirname, "../../..");

/** Calls the README's program with clients of the AWS SDK. */
const program = `
  import { EC2Client } from "@aws-sdk/client-ec2";
  import { EKSClient } from "@aws-sdk/client-eks";
  import { parseConfig, sdkEc2, sdkEks } from "@cluster-ipam/subnet-autoscaler/runtime";
  import { preview } from "./preview.mjs";

  const config = parseConfig(process.env.${CONFIG_VARIABLE});
  await preview(sdkEc2(new EC2Client()), sdkEks(new EKSClient()), config);
`;

test("the program in the package's README prints what a run would do", async () => {
  const page = codeBlocks(join(root, "packages/subnet-autoscaler/README.md"));
  const preview = page.find(({ file }) => file === "src/preview.ts");
  const folder = mkdtempSync(join(tmpdir(), "autoscaler-readme-"));
  const bundle = new LambdaBundleFolder();
  const testbed = await Testbed.build(new Permissions());
  await testbed.fill();
  const deployment = await Deployment.start({ testbed, bundle });
  try {
    symlinkSync(join(root, "node_modules"), join(folder, "node_modules"));
    writeFileSync(
      join(folder, "preview.mjs"),
      transpile(preview!.text, { module: ModuleKind.ESNext, target: ScriptTarget.ES2022 }),
    );
    writeFileSync(join(folder, "program.mjs"), program);
    const env = {
      ...deployment.environment,
      NODE_NO_WARNINGS: "1",
      [CONFIG_VARIABLE]: JSON.stringify(testbed.network.config),
    };
    const { stdout } = await promisify(execFile)(process.execPath, ["program.mjs"], { cwd: folder, env });
    expect(stdout).toMatch(/^create fragmented eu-central-1a has 0 free \/28 prefixes \(target 2\), .*\n$/);
  } finally {
    await deployment.stop();
    bundle.remove();
    rmSync(folder, { recursive: true });
  }
});
