import { DataAwsVpc } from "@cdktf/provider-aws/lib/data-aws-vpc";
import { TerraformOutput } from "cdktf";
import * as fs from "node:fs";
import * as path from "node:path";
import { BlueprintApp, type BlueprintAppProps, BlueprintStack } from "../../src";
import { inTemporaryFolder } from "../terraform";

function write(outdir: string, stacks: readonly string[], props: Partial<BlueprintAppProps> = {}): void {
  const app = new BlueprintApp({ backend: { type: "local" }, outdir, ...props });
  for (const id of stacks) new TerraformOutput(new BlueprintStack(app, id), "id", { value: id });
  app.synth();
}

function files(folder: string): string[] {
  return (fs.readdirSync(folder, { recursive: true }) as string[])
    .filter((name) => fs.statSync(path.join(folder, name)).isFile())
    .sort();
}

const environment = { ...process.env };
afterEach(() => {
  process.env = { ...environment };
});

test("writes HCL and ignores cdktf's own switch", () => {
  inTemporaryFolder((outdir) => {
    process.env["SYNTH_HCL_OUTPUT"] = "false";
    write(outdir, ["a"]);
    expect(files(outdir)).toEqual(["manifest.json", "stacks/a/cdk.tf", "stacks/a/metadata.json"]);
    expect(fs.readFileSync(path.join(outdir, "stacks/a/cdk.tf"), "utf8")).toMatch(/^terraform \{\n/);
  });
});

test("writes what cdktf-cli reads", () => {
  inTemporaryFolder((outdir) => {
    write(outdir, ["a"]);
    const read = (name: string) => JSON.parse(fs.readFileSync(path.join(outdir, name), "utf8"));
    expect(read("manifest.json").stacks.a).toMatchObject({
      name: "a",
      workingDirectory: "stacks/a",
      synthesizedStackPath: "stacks/a/cdk.tf",
      stackMetadataPath: "stacks/a/metadata.json",
    });
    const metadata = read("stacks/a/metadata.json");
    expect(metadata["//"]).toMatchObject({
      metadata: { backend: "local", stackName: "a" },
      outputs: { a: { id: "id" } },
    });
    expect(metadata.terraform).toMatchObject({ backend: { local: { path: "a.tfstate" } } });
  });
});

test("apps with different output formats coexist", () => {
  inTemporaryFolder((folder) => {
    const outdirs = { hcl: path.join(folder, "deep/hcl"), json: path.join(folder, "deep/json") };
    const apps = (["hcl", "json"] as const).map((output) => {
      const app = new BlueprintApp({ backend: { type: "local" }, outdir: outdirs[output], output });
      return { app, stack: new BlueprintStack(app, "a") };
    });
    apps.forEach(({ app }) => app.synth());
    expect(files(outdirs.hcl)).toContain("stacks/a/cdk.tf");
    expect(files(outdirs.json)).toEqual(["manifest.json", "stacks/a/cdk.tf.json"]);
  });
});

test("BLUEPRINT_OUTPUT overrides the app", () => {
  inTemporaryFolder((outdir) => {
    process.env["BLUEPRINT_OUTPUT"] = "json";
    write(outdir, ["a"]);
    expect(files(outdir)).toContain("stacks/a/cdk.tf.json");
    process.env["BLUEPRINT_OUTPUT"] = "yaml";
    expect(() => write(outdir, ["a"])).toThrow(
      "BLUEPRINT_OUTPUT: yaml is not an output format; use hcl or json",
    );
  });
});

describe("the output folder", () => {
  test("keeps state and working files, removes stale output", () => {
    inTemporaryFolder((outdir) => {
      write(outdir, ["kept", "gone", "deployed"], { output: "json" });
      for (const file of [
        "kept/.terraform/x",
        "kept/kept.tfstate",
        "kept/.terraform.lock.hcl",
        "deployed/deployed.tfstate",
      ]) {
        fs.mkdirSync(path.dirname(path.join(outdir, "stacks", file)), { recursive: true });
        fs.writeFileSync(path.join(outdir, "stacks", file), file);
      }
      write(outdir, ["kept"]);
      expect(files(outdir)).toEqual([
        "manifest.json",
        "stacks/deployed/deployed.tfstate",
        "stacks/kept/.terraform.lock.hcl",
        "stacks/kept/.terraform/x",
        "stacks/kept/cdk.tf",
        "stacks/kept/kept.tfstate",
        "stacks/kept/metadata.json",
      ]);
      expect(fs.existsSync(path.join(outdir, "stacks/gone"))).toBe(false);
    });
  });

  test("is unchanged if a composition fails", () => {
    inTemporaryFolder((outdir) => {
      write(outdir, ["a", "b"]);
      const before = files(outdir).map((name) => fs.readFileSync(path.join(outdir, name), "utf8"));
      const app = new BlueprintApp({ backend: { type: "local" }, outdir });
      new TerraformOutput(new BlueprintStack(app, "a"), "changed", { value: "x" });
      new TerraformOutput(new BlueprintStack(app, "b"), "broken", { value: "${" });
      expect(() => app.synth()).toThrow("b: output.broken: the template");
      expect(files(outdir).map((name) => fs.readFileSync(path.join(outdir, name), "utf8"))).toEqual(before);
      expect(fs.readdirSync(outdir).sort()).toEqual(["manifest.json", "stacks"]);
    });
  });
});

test("runs the validations of stacks and of the app", () => {
  inTemporaryFolder((outdir) => {
    const app = new BlueprintApp({ backend: { type: "local" }, outdir });
    app.node.addValidation({ validate: () => ["the fleet is too large"] });
    expect(() => app.synth()).toThrow("app: the fleet is too large");
    const stack = new BlueprintStack(app, "a");
    stack.node.addValidation({ validate: () => ["no network"] });
    expect(() => app.synth()).toThrow("[a] no network");
  });
});

test("rejects a token of another stack, and writes nothing", () => {
  inTemporaryFolder((folder) => {
    const outdir = path.join(folder, "out");
    const app = new BlueprintApp({ backend: { type: "local" }, outdir });
    const network = new BlueprintStack(app, "network");
    const vpc = new DataAwsVpc(network, "vpc");
    new TerraformOutput(new BlueprintStack(app, "cluster"), "vpc", { value: vpc.id });
    expect(() => app.synth()).toThrow(
      "cluster: the stack uses a value of the stack network, which would read that stack's state; pass a literal from the address plan, look the resource up, or write an output down",
    );
    expect(files(outdir)).toEqual([]);
  });
});

test("rejects an output folder that is a file, and keeps the file", () => {
  inTemporaryFolder((folder) => {
    const file = path.join(folder, "out");
    fs.writeFileSync(file, "mine");
    expect(() => write(file, ["a"])).toThrow(
      `CDKTF_OUTDIR: cannot create the folder ${file} (EEXIST); use a path that is writable and is not a file`,
    );
    expect(fs.readFileSync(file, "utf8")).toBe("mine");
  });
});
