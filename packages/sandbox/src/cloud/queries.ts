import { DiagnosticError } from "../plugin/diagnostic";
import { type ObjectValue, unknown, type Value } from "../plugin/value";
import { awsQueries } from "./aws-queries";
import { type Subject } from "./cloud";
import { fill, type Templates } from "./fill";
import { canonical, Fingerprint } from "./fingerprint";
import { googleQueries } from "./google-queries";

/** Templates for the members of a data source, for one query. @throws DiagnosticError when there is no answer */
export type Query = (config: ObjectValue, subject: Subject) => Templates;

const queries: { readonly [type: string]: Query } = { ...awsQueries, ...googleQueries };

/**
 * Answers a data source. What is asked for stands in the answer as asked; identifiers are derived from
 * the query, so the same query gets the same answer. @throws DiagnosticError for types without an answer
 */
export function answer(subject: Subject, config: ObjectValue): ObjectValue {
  const query = queries[subject.type];
  if (!query)
    throw new DiagnosticError({
      summary: `The sandbox has no answer for the data source ${subject.type}`,
      detail: "It would have to make one up. Pass the value as an input, or plan against the real provider.",
    });
  const templates = query(config, subject);
  const open: ObjectValue = {};
  for (const [name, { optional, computed, required }] of Object.entries(subject.block.attributes)) {
    const asked: Value = config[name] ?? null;
    open[name] = asked === null && !required && (computed || optional) ? unknown : asked;
    if (asked === null && optional && !computed && !(name in templates)) open[name] = null;
  }
  for (const name of Object.keys(subject.block.blocks)) open[name] = config[name] ?? null;
  const fingerprint = new Fingerprint(
    `${subject.type} ${canonical(config)} ${canonical(subject.settings.region)}`,
  );
  return fill(subject.block, open, templates, { settings: subject.settings, fingerprint });
}
