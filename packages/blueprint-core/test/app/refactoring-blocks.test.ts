import { DataResource, TerraformDataSource } from "cdktf";
import { type Construct } from "constructs";
import * as fs from "node:fs";
import * as path from "node:path";
import { BlueprintApp, BlueprintStack, Check, Removed } from "../../src";
import { hclOf, planOf, run, inTemporaryFolder, synthesized, unformatted } from "../terraform";

/** A data source of the provider inside Terraform: another stack's state. */
class StateOf extends TerraformDataSource {
  constructor(
    scope: Construct,
    id: string,
    private readonly file: string,
  ) {
    super(scope, id, { terraformResourceType: "terraform_remote_state" });
  }

  protected override synthesizeAttributes(): Record<string, unknown> {
    return { backend: "local", config: { path: this.file } };
  }

  protected override synthesizeHclAttributes(): Record<string, unknown> {
    return this.synthesizeAttributes();
  }
}

const checked = (stack: BlueprintStack) => {
  const value = new DataResource(stack, "value", { input: { size: 1 } });
  const other = new StateOf(stack, "other", "missing.tfstate");
  new Removed(stack, "forgotten", { from: "terraform_data.forgotten" });
  new Removed(stack, "destroyed", { from: "module.old.terraform_data.destroyed", destroy: true });
  new Check(stack, "health", {
    data: other,
    assertions: [
      { condition: `\${${value.fqn}.output.size == 2}`, errorMessage: 'the "size" is not 2' },
      { condition: "${data.terraform_remote_state.other.outputs.id != null}", errorMessage: "no id" },
    ],
  });
};

test("removed and check are blocks, formatted", () => {
  const hcl = hclOf(checked);
  expect(hcl).toContain(`removed {
  from = terraform_data.forgotten

  lifecycle {
    destroy = false
  }
}

removed {
  from = module.old.terraform_data.destroyed

  lifecycle {
    destroy = true
  }
}

check "health" {
  data "terraform_remote_state" "other" {
    backend = "local"
    config = {
      path = "missing.tfstate"
    }
  }

  assert {
    condition     = terraform_data.value.output.size == 2
    error_message = "the \\"size\\" is not 2"
  }

  assert {
    condition     = data.terraform_remote_state.other.outputs.id != null
    error_message = "no id"
  }
}`);
  expect(hcl).not.toMatch(/^data /m);
  expect(unformatted(hcl)).toBe("");
});

test("a check plans the same from HCL and from JSON: its data source fails without stopping the plan", () => {
  const plan = (output: "hcl" | "json"): object => {
    const { planned_values, resource_changes, ...rest } = synthesized(checked, planOf, { output });
    return { planned_values, resource_changes, checks: (rest as { checks?: unknown }).checks };
  };
  const hcl = plan("hcl");
  expect(hcl).toEqual(plan("json"));
  expect(JSON.stringify(hcl)).toContain('"kind":"check"');
});

test.each(["hcl", "json"] as const)("what left the stack is forgotten or destroyed, in %s", (output) => {
  inTemporaryFolder((outdir) => {
    const apply = (compose: (stack: BlueprintStack) => void): string => {
      const app = new BlueprintApp({ backend: { type: "local" }, outdir, output });
      compose(new BlueprintStack(app, "stack"));
      app.synth();
      const folder = path.join(outdir, "stacks/stack");
      expect(run(folder, "init", "-input=false", "-no-color").status).toBe(0);
      const { stdout, stderr } = run(folder, "apply", "-input=false", "-no-color", "-auto-approve");
      return `${stdout}${stderr}`;
    };
    apply((stack) => ["a", "b"].forEach((id) => new DataResource(stack, id)));
    const text = apply((stack) => {
      new Removed(stack, "forget", { from: "terraform_data.a" });
      new Removed(stack, "destroy", { from: "terraform_data.b", destroy: true });
    });
    expect(text).toContain("terraform_data.a will no longer be managed by Terraform");
    expect(text).toContain("1 destroyed");
    const state = JSON.parse(fs.readFileSync(path.join(outdir, "stacks/stack/stack.tfstate"), "utf8"));
    expect(state.resources).toEqual([]);
  });
});

test.each(["aws_vpc.network[0]", "data.aws_vpc.network", "network", "aws_vpc", "${aws_vpc.network}"])(
  "refuses to remove %s",
  (from) => {
    expect(() => hclOf((stack) => new Removed(stack, "removed", { from }))).toThrow(
      `stack/removed: from: ${from} is not the address of a resource or a module`,
    );
  },
);

test("refuses a check of nothing, and another stack's data source", () => {
  expect(() => hclOf((stack) => new Check(stack, "check", { assertions: [] }))).toThrow(
    "stack/check: a check without assertions checks nothing",
  );
  const compose = (stack: BlueprintStack) => {
    const source = new StateOf(new BlueprintStack(stack.node.root, "other"), "state", "x");
    new Check(stack, "check", { data: source, assertions: [{ condition: true, errorMessage: "x" }] });
  };
  expect(() => hclOf(compose)).toThrow("is in another stack; create it in stack");
});
