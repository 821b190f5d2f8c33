import { mkdirSync } from "node:fs";
import { join, relative, resolve } from "node:path";
import { writeText } from "@cluster-ipam/address-plan/repository";
import { type AddressNode } from "../read/address-report";
import { describeCounts } from "../render/change-counts";
import { comment, type CommentOptions } from "../render/markdown/comment";
import { htmlPage } from "../render/page/page";
import { readPageAssets } from "../render/page/page-assets";
import { type Review } from "../review/review";

/** Output format of a report. */
export type ReportFormat = "markdown" | "html" | "json";

/** The content of a report, in any format. */
export interface Report {
  readonly reviews: readonly Review[];
  /** The part of the address plan that belongs to the reviewed environments. */
  readonly tree: readonly AddressNode[];
}

/** Renders a report in one format. @throws PlanError for `html` if the package is not built */
export function renderReport(
  { reviews, tree }: Report,
  format: ReportFormat,
  options: CommentOptions,
): string {
  switch (format) {
    case "json":
      return `${JSON.stringify({ formatVersion: 1, environments: reviews }, undefined, 2)}\n`;
    case "html":
      return htmlPage(reviews, tree, readPageAssets());
    case "markdown":
      return reviews.map((review) => comment(review, options)).join("\n");
  }
}

/**
 * Writes a report in every format to a folder, and lists the files on standard output.
 *
 * @throws AddressPlanError with the path and a fix if a file cannot be written
 */
export function writeReport(folder: string, report: Report, options: CommentOptions): void {
  const { reviews, tree } = report;
  mkdirSync(folder, { recursive: true });
  const files = [
    ["index.html", renderReport(report, "html", options), "the page: open it in a browser"],
    ...reviews.map((review) => [
      `${review.environment}.md`,
      renderReport({ reviews: [review], tree }, "markdown", options),
      `the comment on ${review.environment}: ${describeCounts(review.counts)}`,
    ]),
    ["report.json", renderReport(report, "json", options), "everything, for programs"],
  ] as const;
  const width = Math.max(...files.map(([name = ""]) => name.length)) + folder.length + 1;
  for (const [name = "", text = "", description = ""] of files) {
    const path = join(folder, name);
    writeText(path, text);
    process.stdout.write(`  ${relative(process.cwd(), resolve(path)).padEnd(width)}  ${description}\n`);
  }
}
