import { markdownCode } from "@cluster-ipam/plan-report";
import { type Drift, type DriftedResource } from "./drift";
import { type RepositoryApi } from "../github/repository-api";
import { reconcileIssue } from "./sole-issue";

/** The stack that an issue is about. */
export interface DriftedStack {
  readonly environment: string;
  readonly stack: string;
}

const LABEL = "drift";
/** Most resources that an issue lists. GitHub limits a body to 65,536 characters. */
const MAX_LISTED = 100;

/** The hidden first line of a stack's issue, which identifies it. */
export const driftMarker = ({ environment, stack }: DriftedStack) =>
  `<!-- cluster-ipam:drift:${[environment, stack].map((name) => encodeURIComponent(name).replace(/-/g, "%2D")).join("/")} -->`;

/**
 * Reconciles a stack's single drift issue: opens or reopens it when there is drift, updates it when the drift changes,
 * and closes it when the drift is gone.
 *
 * @returns what happened to the issue
 * @throws AutomationError if a request to GitHub fails
 */
export async function reconcileDriftIssue(api: RepositoryApi, stack: DriftedStack, drift: Drift) {
  return reconcileIssue(api, {
    ...{ marker: driftMarker(stack), label: LABEL, title: title(stack) },
    body: drift.resources.length === 0 ? undefined : body(stack, drift),
    closing: "The cloud matches the state again.",
  });
}

const title = ({ environment, stack }: DriftedStack) => `Drift in ${environment}: ${stack}`;

function body(stack: DriftedStack, { resources }: Drift): string {
  const rows = resources.slice(0, MAX_LISTED).map(row);
  const more = resources.length - rows.length;
  return [
    `In ${markdownCode(stack.environment)}, ${markdownCode(stack.stack)} differs from what was deployed:`,
    "",
    ...rows,
    ...(more > 0 ? [`- and ${more} more`] : []),
    "",
    "Add the change to the configuration, or deploy the environment again to undo it. " +
      "This issue closes automatically when the drift is gone.",
  ].join("\n");
}

const row = ({ address, kind, attributes }: DriftedResource) =>
  kind === "deleted"
    ? `- ${markdownCode(address)} was deleted`
    : `- ${markdownCode(address)} has a different ${attributes.map((name) => markdownCode(name)).join(", ")}`;
