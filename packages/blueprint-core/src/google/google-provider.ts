import { GoogleProvider } from "@cdktf/provider-google/lib/provider";
import { Token } from "cdktf";
import { type BlueprintStack } from "../app/blueprint-stack";
import { googleLabels } from "../input/tags";
import { ValidationError } from "../input/validation-error";

export interface GoogleProviderProps {
  /** Project id: 6 to 30 lower-case letters, digits and hyphens. */
  readonly project: string;
  /** Google Cloud region, as `europe-west1`. */
  readonly region: string;
}

/**
 * Adds the Google provider to the stack: the stack's tags as labels on every resource that takes them.
 *
 * @throws ValidationError for a project id or region that cannot be one, or tags that are no labels
 */
export function googleProvider(stack: BlueprintStack, props: GoogleProviderProps): GoogleProvider {
  const { project, region } = props;
  if (!Token.isUnresolved(project) && !/^([a-z0-9.-]+:)?[a-z][a-z0-9-]{4,28}[a-z0-9]$/.test(project)) {
    throw new ValidationError(
      stack,
      `${JSON.stringify(project)} is no project id; use 6 to 30 lower-case letters, digits and hyphens (not the project's number)`,
    );
  }
  if (!Token.isUnresolved(region) && !/^[a-z]+-[a-z]+\d+$/.test(region)) {
    throw new ValidationError(
      stack,
      `${JSON.stringify(region)} is no Google Cloud region; write it as europe-west1`,
    );
  }
  const labels = googleLabels(stack, stack.tags);
  return new GoogleProvider(stack, "google", {
    project,
    region,
    defaultLabels: Object.keys(labels).length === 0 ? undefined : { ...labels },
  });
}
