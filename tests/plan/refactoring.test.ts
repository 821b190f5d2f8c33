import { DataAwsVpc } from "@cdktf/provider-aws/lib/data-aws-vpc";
import { Vpc } from "@cdktf/provider-aws/lib/vpc";
import { BlueprintApp, BlueprintStack, Check, Removed } from "@cluster-ipam/blueprint-core";
import { awsProvider } from "@cluster-ipam/blueprint-core/aws";
import { type TerraformPlan } from "./terraform-plan";
import { providers, Workbench } from "./workbench";

let workbench: Workbench;
beforeAll(async () => {
  workbench = await Workbench.open();
});
afterAll(() => workbench.close());

/** A Region has 5 VPCs: each rendering has its own. */
const regions = { hcl: "eu-west-1", json: "eu-central-1" };

/** A stack's VPCs, by their ids, and what else `compose` adds. */
function network(
  outdir: string,
  output: "hcl" | "json",
  vpcs: readonly string[],
  compose: (vpcs: Readonly<Record<string, Vpc>>, stack: BlueprintStack) => void = () => undefined,
): void {
  const app = new BlueprintApp({ backend: { type: "local" }, outdir, output });
  const stack = new BlueprintStack(app, "network");
  awsProvider(stack, { region: regions[output], accountId: "222222222222" });
  compose(
    Object.fromEntries(vpcs.map((id) => [id, new Vpc(stack, id, { cidrBlock: "10.0.0.0/16" })])),
    stack,
  );
  app.synth();
}

/** Of a plan, what the four blocks decide. */
function decided(plan: TerraformPlan): object {
  const { checks } = plan as { readonly checks?: readonly { readonly status: string }[] };
  return {
    changes: (plan.resource_changes ?? []).map(({ address, previous_address, change }) => ({
      address,
      actions: change.actions,
      ...(previous_address !== undefined && { previous_address }),
      ...(change.importing && { importing: true }),
    })),
    checks: checks?.map(({ status }) => status),
  };
}

// Real providers have no account here, so nothing to move or import.
(providers === "sandbox" ? test : test.skip).each(["hcl", "json"] as const)(
  "removed, moved, import and check blocks are planned, from %s",
  async (output) => {
    const workspace = workbench.compose(output, (outdir) =>
      network(outdir, output, ["forgotten", "destroyed", "before"]),
    );
    await workspace.apply("network");
    const id = await idOf(workspace, "aws_vpc.forgotten");

    workbench.compose(output, (outdir) =>
      network(outdir, output, ["after", "adopted"], ({ after, adopted }, stack) => {
        new Removed(stack, "forget", { from: "aws_vpc.forgotten" });
        new Removed(stack, "destroy", { from: "aws_vpc.destroyed", destroy: true });
        after!.moveFromId("aws_vpc.before");
        adopted!.importFrom(id);
        new Check(stack, "default-vpc", {
          data: new DataAwsVpc(stack, "missing", { id: "vpc-00000000" }),
          assertions: [
            { condition: `\${${after!.fqn}.enable_dns_support == false}`, errorMessage: "DNS is on" },
          ],
        });
      }),
    );
    expect(decided(await workspace.plan("network"))).toEqual({
      changes: [
        // A check's own data source: that there is no such VPC does not stop the plan.
        { address: "data.aws_vpc.missing", actions: ["read"] },
        { address: "aws_vpc.adopted", actions: ["no-op"], importing: true },
        { address: "aws_vpc.after", actions: ["no-op"], previous_address: "aws_vpc.before" },
        { address: "aws_vpc.destroyed", actions: ["delete"] },
        { address: "aws_vpc.forgotten", actions: ["forget"] },
      ],
      checks: ["fail"],
    });
  },
);

async function idOf(
  workspace: { plan(stack: string): Promise<TerraformPlan> },
  address: string,
): Promise<string> {
  const { resource_changes = [] } = await workspace.plan("network");
  const found = resource_changes.find((change) => change.address === address);
  return String((found!.change.before as { readonly id: string }).id);
}
