import { Annotations } from "cdktf";
import { type IConstruct } from "constructs";

/**
 * Tells the user something that is allowed but rarely meant; cdktf-cli prints it, and it stands in the output's
 * `manifest.json`.
 */
export function warn(scope: IConstruct, message: string): void {
  Annotations.of(scope).addWarning(message);
}
