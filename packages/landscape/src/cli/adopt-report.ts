import { structuredPatch } from "diff";
import { type Adoption } from "../adopt/adoption";
import { type Finding } from "../adopt/finding";
import { type Landscape } from "../landscape/landscape";
import { type ProposedFile } from "./adoption-files";

/** Headings of the findings, in their order. */
const HEADINGS: Readonly<Record<Finding["kind"], string>> = {
  "not-adopted": "Cannot be taken under management",
  "adopted-with": "Taken under management, and to know",
  "vpc-cidrs": "CIDRs that AWS would not combine",
  overlap: "Overlaps between existing networks",
  taken: "In the plan's space and not reserved",
  "ipam-pool": "IPAM pools in the plan's spaces",
  "pods-running-out": "Few addresses left for pods",
  "outside-spaces": "Outside every space",
};

/** What is found, and what would change, as lines for a terminal. */
export function adoptLines(
  landscape: Landscape,
  adoption: Adoption,
  files: readonly ProposedFile[],
): string[] {
  const { ranges, clusters, unseen, skipped } = landscape;
  const lines = [`${ranges.length} ranges and ${clusters.length} clusters exist.`];
  for (const [reason, count] of skipped) lines.push(`Left out: ${count} × ${reason}.`);
  if (unseen.length > 0) {
    lines.push("", "Not seen, and not known to be fine:");
    for (const { what, why } of unseen) lines.push(`  ${what}: ${why}`);
  }
  for (const [kind, heading] of Object.entries(HEADINGS)) {
    const findings = adoption.findings.filter((finding) => finding.kind === kind);
    if (findings.length === 0) continue;
    lines.push("", `${heading}:`);
    for (const { subject, message } of findings) lines.push(`  ${subject}: ${message}`);
  }
  if (adoption.adopted.length > 0) {
    lines.push("", "Taken under management, as they are:");
    for (const { name, environment, region, network } of adoption.adopted)
      lines.push(`  ${name}: ${network} in ${region}, environment ${environment}`);
  }
  for (const file of files) lines.push("", ...diffLines(file));
  if (files.length === 0) lines.push("", "Nothing to change.");
  return lines;
}

function diffLines({ path, before = "", after }: ProposedFile): string[] {
  const { hunks } = structuredPatch(path, path, before, after, undefined, undefined, { context: 1 });
  return [
    before === "" ? `new file ${path}` : `changes of ${path}`,
    ...hunks.flatMap(({ oldStart, oldLines, newStart, newLines, lines }) => [
      `@@ -${oldStart},${oldLines} +${newStart},${newLines} @@`,
      ...lines,
    ]),
  ];
}
