import {
  DiagnosticError,
  type ObjectValue,
  type TerraformType,
  unknown,
  type Value,
} from "@cluster-ipam/terraform-provider";
import { fill, type Templates } from "../computed-values/template";
import { canonical, Fingerprint } from "../computed-values/fingerprint";
import { awsQueries } from "./assumed-aws";
import { googleQueries } from "./assumed-google";

/** Templates for the members of a data source, for one query. @throws DiagnosticError when there is no answer */
export type Query = (config: ObjectValue, terraformType: TerraformType) => Templates;

const queries: { readonly [type: string]: Query } = { ...awsQueries, ...googleQueries };

/**
 * Answers a data source. What is asked for stands in the answer as asked; identifiers are derived from
 * the query, so the same query gets the same answer. @throws DiagnosticError for types without an answer
 */
export function answer(terraformType: TerraformType, config: ObjectValue): ObjectValue {
  const query = queries[terraformType.type];
  if (!query)
    throw new DiagnosticError({
      summary: `The sandbox has no answer for the data source ${terraformType.type}`,
      detail: "It would have to make one up. Pass the value as an input, or plan against the real provider.",
    });
  const templates = query(config, terraformType);
  const open: ObjectValue = {};
  for (const [name, { optional, computed, required }] of Object.entries(terraformType.block.attributes)) {
    const asked: Value = config[name] ?? null;
    open[name] = asked === null && !required && (computed || optional) ? unknown : asked;
    if (asked === null && optional && !computed && !(name in templates)) open[name] = null;
  }
  for (const name of Object.keys(terraformType.block.blocks)) open[name] = config[name] ?? null;
  const fingerprint = new Fingerprint(
    `${terraformType.type} ${canonical(config)} ${canonical(terraformType.settings.region)}`,
  );
  return fill(terraformType.block, open, templates, { settings: terraformType.settings, fingerprint });
}
