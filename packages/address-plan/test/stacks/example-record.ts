import { type RecordedStack, type StackRecord } from "../../src/stacks";

const google = {
  required_providers: { google: { source: "google", version: ">= 6.50.0, < 8.0.0" } },
  provider: { google: [{ project: "$DEV_GOOGLE_PROJECT", region: "europe-west4" }] },
};

/** A recorded stack without dependencies. */
export function recordedStack(id: string, more: Partial<RecordedStack> = {}): RecordedStack {
  return { id, after: [], terraform: google, ...more };
}

/** A cluster with its network, in an app whose backend comes from the environment. */
export const exampleRecord: StackRecord = {
  version: 1,
  backend: "$DEV_BACKEND",
  variables: [{ name: "DEV_BACKEND", default: "local:../../../state" }, { name: "DEV_GOOGLE_PROJECT" }],
  stacks: [
    recordedStack("dev-search", { cluster: "dev-search", kind: "cluster", after: ["dev-search-network"] }),
    recordedStack("dev-search-network", { cluster: "dev-search", kind: "network" }),
  ],
};
