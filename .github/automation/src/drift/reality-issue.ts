import { type RepositoryApi } from "../github/repository-api";
import { AutomationError } from "../automation-error";
import { reconcileIssue } from "./sole-issue";

/** Exit codes of `addresses reality` that are an answer, not a failure. */
const ANSWERS: ReadonlySet<string> = new Set(["0", "2", "3"]);
/** GitHub limits a body to 65,536 characters. */
const MAX_LENGTH = 60_000;

/**
 * Reconciles an environment's issue about its address plan: it is open while the plan is not true, or not everything could be
 * seen.
 *
 * @param exitCode of `addresses reality --markdown` @param markdown what it printed
 * @returns what happened to the issue
 * @throws AutomationError if the comparison failed, or a request to GitHub
 */
export async function reconcileRealityIssue(
  api: RepositoryApi,
  environment: string,
  exitCode: string,
  markdown: string,
) {
  if (!ANSWERS.has(exitCode))
    throw new AutomationError(`addresses reality ended with exit code ${exitCode}; its output says why`);
  const name = encodeURIComponent(environment).replace(/-/g, "%2D");
  const shown = markdown.length > MAX_LENGTH ? `${markdown.slice(0, MAX_LENGTH)}\n\n…` : markdown;
  return reconcileIssue(api, {
    ...{ marker: `<!-- cluster-ipam:reality:${name} -->`, label: "drift" },
    title: `The address plan and the clouds differ in ${environment}`,
    body:
      exitCode === "0"
        ? undefined
        : `${shown}\n\nThis issue closes automatically when the plan is true and everything can be seen.`,
    closing: "The plan is true.",
  });
}
