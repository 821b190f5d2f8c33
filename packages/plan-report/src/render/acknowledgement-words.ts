import { stringify } from "yaml";
import { type Finding } from "../policy/policy";
import { type AcknowledgedChange } from "../read/acknowledgements";

/** What an acknowledgement is about: `destroy`, a Terraform address, and the stack that has it. */
export interface AcknowledgedSubject {
  /** `destroy`, `retire cluster`, `free`. */
  readonly action: string;
  /** Terraform address, name of a cluster, or key of a block. */
  readonly subject: string;
  /** Stack id. @default not about a resource */
  readonly stack?: string;
}

/** Splits an acknowledgement into what reports format differently. */
export function acknowledgedSubject(entry: AcknowledgedChange): AcknowledgedSubject {
  if ("stack" in entry) return { action: entry.action, subject: entry.address, stack: entry.stack };
  return "cluster" in entry
    ? { action: "retire cluster", subject: entry.cluster }
    : { action: entry.action, subject: entry.block };
}

/** The entries that would acknowledge findings, as lines of YAML with an empty reason; none if there are none. */
export function suggestedEntries(findings: readonly Finding[]): string[] {
  const entries = findings.flatMap(({ acknowledgeAs }) => acknowledgeAs ?? []);
  if (entries.length === 0) return [];
  return stringify(
    entries.map((entry) => ({ ...entry, reason: "" })),
    { lineWidth: 0 },
  )
    .trimEnd()
    .split("\n");
}
