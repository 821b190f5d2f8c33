import { type StackState } from "../../src/states";

/** A state with a managed resource per entry, by its address. */
export function stateWith(
  resources: Readonly<Record<string, Readonly<Record<string, unknown>>>>,
): StackState {
  return {
    stack: "stack",
    app: "dev",
    status: "holds",
    lineage: "3f0c2a1b",
    serial: 1,
    resources: Object.entries(resources).map(([address, attributes]) => {
      const mode = address.startsWith("data.") ? "data" : "managed";
      return { mode, address, type: address.replace(/^data\./, "").split(".")[0]!, instances: [attributes] };
    }),
  };
}
