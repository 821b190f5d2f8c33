import {
  type RecordedStack,
  type StackConfiguration,
  type StackKind,
} from "@cluster-ipam/address-plan/stacks";
import { type TerraformStack } from "cdktf";
import { type AppRoot } from "./app-root";
import { BlueprintStack } from "./blueprint-stack";
import { canonicalContext } from "../hcl/canonical";
import { renderStack } from "../hcl/stack";

/**
 * A stack that is recorded but no longer composed: it has no resources, so deploying it destroys those in its state. It
 * has the app's backend, and the providers with which it was recorded.
 */
export class RetiredStack extends BlueprintStack {
  /** @param configuration the recorded configuration, with the values of its variables */
  constructor(
    app: AppRoot,
    id: string,
    private readonly configuration: StackConfiguration,
  ) {
    super(app, id);
  }

  override toTerraform(): ReturnType<BlueprintStack["toTerraform"]> {
    const json = super.toTerraform();
    const { required_providers, ...sections } = this.configuration;
    return {
      ...json,
      ...sections,
      // `retiredStacks` of the address plan reads it.
      "//": { ...(json["//"] as object), retired: true },
      terraform: {
        ...json.terraform,
        required_providers: required_providers as (typeof json.terraform)["required_providers"],
      },
    };
  }

  override toHclTerraform(): ReturnType<BlueprintStack["toHclTerraform"]> {
    return renderStack(this, this.toTerraform(), canonicalContext);
  }
}

/** The order in which the stacks of a cluster are destroyed. */
const DESTRUCTION: readonly (readonly StackKind[])[] = [
  ["workloads", "system"],
  ["cluster"],
  ["autoscaler"],
  ["network"],
];

/**
 * Deploys the retired stacks in the reverse order of their deployment. Of one cluster, the workloads are destroyed first,
 * then the cluster, then the autoscaler, whose subnets have the cluster's addresses, then the network.
 *
 * @param recorded the stacks as they were recorded
 */
export function orderRetired(
  recorded: readonly RecordedStack[],
  stackOf: (id: string) => TerraformStack | undefined,
): void {
  for (const entry of recorded) {
    const retired = stackOf(entry.id);
    if (!(retired instanceof RetiredStack)) continue;
    for (const other of recorded) {
      const before = stackOf(other.id);
      if (!before || before === retired || !isDestroyedAfter(entry, other)) continue;
      if (!before.dependsOn(retired)) retired.addDependency(before);
    }
  }
}

/** Whether a stack is destroyed after another one. */
function isDestroyedAfter(stack: RecordedStack, other: RecordedStack): boolean {
  if (stack.cluster !== undefined && stack.cluster === other.cluster && stack.kind && other.kind)
    return place(stack.kind) > place(other.kind);
  return other.after.includes(stack.id);
}

function place(kind: StackKind): number {
  return DESTRUCTION.findIndex((kinds) => kinds.includes(kind));
}
