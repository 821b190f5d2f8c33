import { type ChangeCounts } from "../terraform/stack-plan";
import { thousands } from "./number";

/** Change counts in Terraform's words: `34 to add, 1 to replace, 2 to read`, or `no changes`. */
export function describeCounts(counts: ChangeCounts): string {
  const parts = [
    [counts.import, "to import"],
    [counts.create, "to add"],
    [counts.update, "to change"],
    [counts.replace, "to replace"],
    [counts.delete, "to destroy"],
    [counts.forget, "to forget"],
    [counts.read, "to read"],
  ] as const;
  const words = parts.filter(([count]) => count > 0).map(([count, verb]) => `${thousands(count)} ${verb}`);
  return words.join(", ") || "no changes";
}
