import { GoogleProvider } from "@cdktf/provider-google/lib/provider";
import { type BlueprintStack } from "../blueprint-stack";

export interface GoogleProviderProps {
  readonly project: string;
  /** Region of the stack's regional resources. */
  readonly region: string;
}

/** Gives a stack its Google provider: one project, and the stack's tags as labels on everything that takes labels. */
export function googleProvider(stack: BlueprintStack, props: GoogleProviderProps): GoogleProvider {
  return new GoogleProvider(stack, "google", {
    project: props.project,
    region: props.region,
    defaultLabels: Object.keys(stack.tags).length === 0 ? undefined : { ...stack.tags },
  });
}
