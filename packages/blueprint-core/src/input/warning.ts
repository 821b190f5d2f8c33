import { Annotations } from "cdktf";
import { type IConstruct } from "constructs";

/** Warns about input that is valid but rarely intended: cdktf-cli prints it from `manifest.json`. */
export function warn(scope: IConstruct, message: string): void {
  Annotations.of(scope).addWarning(message);
}
