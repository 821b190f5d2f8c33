import { type BackendOptions } from "@cluster-ipam/address-plan/stacks";
import { type App } from "cdktf";
import { type IConstruct } from "constructs";

/** What stacks see of their `BlueprintApp`. */
export interface AppRoot extends App {
  /** Backend of every stack in the app. */
  readonly backend: BackendOptions;
  /** Tags of every stack. */
  readonly tags: Readonly<Record<string, string>>;
  /** Output format. */
  readonly output: "hcl" | "json";
}

const symbol = Symbol.for("cluster-ipam/BlueprintApp");

/** Marks an app as a `BlueprintApp`, also for another copy of this package. */
export function markAppRoot(app: App): void {
  Object.defineProperty(app, symbol, { value: true });
}

/** Returns the app of the construct, if it is a `BlueprintApp`. */
export function findAppRoot(construct: IConstruct): AppRoot | undefined {
  const { root } = construct.node;
  return isAppRoot(root) ? root : undefined;
}

function isAppRoot(construct: IConstruct): construct is AppRoot {
  return symbol in construct;
}
