import { type StackOutcome } from "../read/plan-document";
import { type ResourceChange } from "../terraform/stack-plan";
import { counted, thousands } from "./number";

/** Follows a cluster that is destroyed although its deletion protection is on. */
export const PROTECTION = "its deletion protection is on: the deployment turns it off first";

/** Types that are named, at most; the rest is counted. */
const MAX_TYPES = 3;

/**
 * What the deployment does to a retired stack: `retired: the deployment destroys what its state has: 34 resources
 * (6 aws_subnet, 1 aws_vpc, 27 other)`. A plan from an empty state has nothing to destroy, and does not tell.
 */
export function retiredStackWords({
  changes,
}: Pick<Extract<StackOutcome, { planned: true }>, "changes">): string {
  const destroyed = changes.filter(({ action }) => action === "delete");
  const what =
    destroyed.length === 0 ? "" : `: ${counted(destroyed.length, "resource")} (${mainTypes(destroyed)})`;
  return `retired: the deployment destroys what its state has${what}`;
}

function mainTypes(changes: readonly ResourceChange[]): string {
  const counts = new Map<string, number>();
  for (const { type } of changes) counts.set(type, (counts.get(type) ?? 0) + 1);
  const sorted = [...counts].sort(([a, countA], [b, countB]) => countB - countA || (a < b ? -1 : 1));
  const rest = sorted.slice(MAX_TYPES).reduce((sum, [, count]) => sum + count, 0);
  return [
    ...sorted.slice(0, MAX_TYPES).map(([type, count]) => `${thousands(count)} ${type}`),
    ...(rest > 0 ? [`${thousands(rest)} other`] : []),
  ].join(", ");
}
