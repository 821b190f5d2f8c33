import { type Diagnostic } from "../value/diagnostic";
import { type ObjectValue } from "../value/value";
import { isDuration } from "./forms/duration";

/** What hashicorp/google refuses when it is configured, after its configuration has been validated. */
export function googleRefusals(config: ObjectValue): readonly Diagnostic[] {
  const found: Diagnostic[] = [];
  for (const name of ["request_timeout", "poll_interval"]) {
    const text = config[name];
    if (typeof text === "string" && text !== "" && !isDuration(text))
      found.push({ summary: `could not parse ${name} value: invalid duration "${text}"`, path: [name] });
  }
  const strategy = config["terraform_attribution_label_addition_strategy"];
  const isMarked = config["add_terraform_attribution_label"] !== false;
  if (isMarked && typeof strategy === "string" && !["", "CREATION_ONLY", "PROACTIVE"].includes(strategy))
    found.push({
      summary: `unrecognized terraform_attribution_label_addition_strategy "${strategy}"`,
      path: ["terraform_attribution_label_addition_strategy"],
    });
  if (config["prefer_global_endpoints"] === true && config["prefer_regional_endpoints"] === true)
    found.push({
      summary:
        "Found conflict between prefer_global_endpoints and prefer_regional_endpoints, only one of these may be set at a time.",
      path: ["prefer_global_endpoints"],
    });
  return found;
}
