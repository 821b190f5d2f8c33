import { GoogleProvider } from "@cdktf/provider-google/lib/provider";
import { Token } from "cdktf";
import { type BlueprintStack } from "../app/blueprint-stack";
import { googleLabels } from "../input/tags";
import { ValidationError } from "../input/validation-error";

/** Configuration of a stack's Google provider. */
export interface GoogleProviderOptions {
  /** Project id: 6 to 30 lower-case letters, digits and hyphens. */
  readonly project: string;
  /** Google Cloud region, such as `europe-west1`. */
  readonly region: string;
}

/**
 * Adds the Google provider to the stack. It puts the stack's tags on every resource that takes labels.
 *
 * @throws ValidationError for a malformed project id or region, or tags that are not valid labels
 */
export function googleProvider(stack: BlueprintStack, options: GoogleProviderOptions): GoogleProvider {
  const { project, region } = options;
  if (!Token.isUnresolved(project) && !/^([a-z0-9.-]+:)?[a-z][a-z0-9-]{4,28}[a-z0-9]$/.test(project)) {
    throw new ValidationError(
      stack,
      `${JSON.stringify(project)} is not a project id; use 6 to 30 lower-case letters, digits and hyphens (not the project number)`,
    );
  }
  if (!Token.isUnresolved(region) && !/^[a-z]+-[a-z]+\d+$/.test(region)) {
    throw new ValidationError(
      stack,
      `${JSON.stringify(region)} is not a Google Cloud region; use a name like europe-west1`,
    );
  }
  const labels = googleLabels(stack, stack.tags);
  return new GoogleProvider(stack, "google", {
    project,
    region,
    defaultLabels: Object.keys(labels).length === 0 ? undefined : { ...labels },
  });
}
