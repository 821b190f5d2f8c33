import {
  DiagnosticError,
  type ObjectValue,
  type TerraformType,
  unknown,
  type Value,
} from "@cluster-ipam/terraform-provider";
import { fill } from "../computed-values/template";
import { canonical, Fingerprint } from "../computed-values/fingerprint";
import { awsQueries } from "./assumed-aws";
import { googleQueries } from "./assumed-google";
import { policyArguments } from "./policy-document";
import { type Query } from "./query";

/** Arguments that the provider writes into the state otherwise than they are configured. */
const written: { readonly [type: string]: (config: ObjectValue) => ObjectValue } = {
  aws_iam_policy_document: policyArguments,
};

const queries: { readonly [type: string]: Query } = { ...awsQueries, ...googleQueries };

/**
 * Reads a data source on the assumption that its object exists. Configured members are returned as configured;
 * identifiers are derived from the configuration, so equal lookups return equal results.
 * @throws DiagnosticError for types without templates
 */
export function answer(terraformType: TerraformType, config: ObjectValue): ObjectValue {
  const query = queries[terraformType.type];
  if (!query)
    throw new DiagnosticError({
      summary: `The sandbox does not support the data source ${terraformType.type}`,
      detail: "It cannot know the result. Pass the value as an input, or plan with the real provider.",
    });
  const templates = query(config, terraformType);
  const open: ObjectValue = {};
  for (const [name, { optional, computed, required }] of Object.entries(terraformType.block.attributes)) {
    const configured: Value = config[name] ?? null;
    open[name] = configured === null && !required && (computed || optional) ? unknown : configured;
    if (configured === null && optional && !computed && !(name in templates)) open[name] = null;
  }
  for (const name of Object.keys(terraformType.block.blocks)) open[name] = config[name] ?? null;
  const fingerprint = new Fingerprint(
    `${terraformType.type} ${canonical(config)} ${canonical(terraformType.settings.region)}`,
  );
  const caller = { settings: terraformType.settings, fingerprint };
  return { ...fill(terraformType.block, open, templates, caller), ...written[terraformType.type]?.(config) };
}
