import { type ResourceChange, type TerraformPlan } from "./terraform-plan";

/** What would happen to whom, sorted: `update aws_eks_cluster.cluster`, `replace … because of …`. Reads are no change. */
export const describedChanges = (plans: readonly TerraformPlan[]): readonly string[] =>
  plans.flatMap(({ resource_changes = [] }) => resource_changes.flatMap(described)).sort();

function described({ address, change }: ResourceChange): string[] {
  const name = address.replace(/_[0-9A-F]{8}$/, "");
  const [action] = change.actions;
  if (action === "no-op" || action === "read") return [];
  if (change.actions.length === 1) return [`${action} ${name}`];
  const because = (change.replace_paths ?? []).map((path) => path.join("."));
  return [`replace ${name} because of ${because.join(", ")}`];
}
