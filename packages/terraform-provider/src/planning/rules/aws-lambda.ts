import { firstBlock } from "../../configuration/settings";
import { type ObjectValue } from "../../value/value";
import { changes, isSet, markUnknown, type PlanRule, refuse } from "./plan-rule";

const CODE = [
  "architectures",
  "filename",
  "image_uri",
  "s3_bucket",
  "s3_key",
  "s3_object_version",
  "source_code_hash",
];
const CONFIGURATION = [
  "dead_letter_config",
  "description",
  "environment",
  "ephemeral_storage",
  "file_system_config",
  "handler",
  "image_config",
  "kms_key_arn",
  "layers",
  "logging_config",
  "memory_size",
  "role",
  "runtime",
  "snap_start",
  "timeout",
  "tracing_config",
  "vpc_config",
];

/** New code changes the time of modification. A published function gets another version with any change. */
export const planFunction: PlanRule = (context) => {
  const { prior, plan, config } = context;
  const isUnset = (name: string) => (config[name] ?? null) === null;
  if (plan.planned["package_type"] === "Zip" && (isUnset("handler") || isUnset("runtime")))
    refuse("handler and runtime must be set when PackageType is Zip");
  if (!prior) return;
  const isCode = CODE.some((name) => changes(context, name));
  if (isCode) markUnknown(context, "last_modified");
  if (plan.planned["publish"] !== true) return;
  if (
    isCode ||
    changes(context, "publish") ||
    CONFIGURATION.some((name) => changes(context, name)) ||
    losesLogLevel(prior, config)
  )
    markUnknown(context, "version", "qualified_arn", "qualified_invoke_arn");
};

/** A log level that the configuration no longer sets stays, but makes a version. */
function losesLogLevel(prior: ObjectValue, config: ObjectValue): boolean {
  const [before, after] = [firstBlock(prior["logging_config"]), firstBlock(config["logging_config"])];
  return ["application_log_level", "system_log_level"].some(
    (name) => isSet(before?.[name]) && (after?.[name] ?? null) === null,
  );
}
