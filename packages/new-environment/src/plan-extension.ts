import { isDeepStrictEqual } from "node:util";
import { type Document, isMap, isScalar, type Pair, parseDocument, Scalar, type YAMLMap } from "yaml";
import { TEMPLATE } from "./environment-name";
import { NewEnvironmentError } from "./new-environment-error";

/**
 * Adds an environment with the clusters of the template to the text of an address plan. Comments stay.
 *
 * @param file name of the plan, for errors
 * @returns the new text; the same text if the plan already has exactly this environment
 * @throws NewEnvironmentError if the plan has no template, or a different environment of this name
 */
export function extendPlan(text: string, name: string, file: string): string {
  const document = parseDocument(text);
  const [environments, clusters] = [
    section(document, "environments", file),
    section(document, "clusters", file),
  ];
  const template = environments.get(TEMPLATE, true);
  const templateClusters = clusters.items.filter((pair) => environmentOf(pair) === TEMPLATE);
  if (!isMap(template) || templateClusters.length === 0) {
    throw new NewEnvironmentError(
      `${file}: environments.${TEMPLATE} or its clusters are missing, and new environments are copied from it; add ` +
        `${name} manually`,
    );
  }
  let added = add(document, environments, new Scalar(name), template, `${file}: environments.${name}`);
  for (const pair of templateClusters) {
    const cluster = (pair.value as YAMLMap).clone() as YAMLMap;
    cluster.set("environment", name);
    const key = (pair.key as Scalar<string>).clone() as Scalar<string>;
    key.value = key.value.replace(new RegExp(`^${TEMPLATE}\\b`), name);
    if (key.value === (pair.key as Scalar).value) key.value = `${name}-${key.value}`;
    key.spaceBefore = true;
    added = add(document, clusters, key, cluster, `${file}: clusters.${key.value}`) || added;
  }
  return added ? document.toString({ lineWidth: 0 }) : text;
}

function section(document: Document, name: string, file: string): YAMLMap {
  const node = document.get(name, true);
  if (!isMap(node)) throw new NewEnvironmentError(`${file}: ${name} is missing; add it`);
  return node;
}

const environmentOf = ({ value }: Pair) => (isMap(value) ? value.get("environment") : undefined);

/** @returns false if the same entry exists */
function add(document: Document, to: YAMLMap, key: Scalar<string>, template: YAMLMap, path: string): boolean {
  const value = template.clone() as YAMLMap;
  const existing = to.items.find((pair) => isScalar(pair.key) && pair.key.value === key.value);
  if (existing === undefined) {
    to.items.push(document.createPair(key, value));
    return true;
  }
  if (!isMap(existing.value) || !isDeepStrictEqual(existing.value.toJS(document), value.toJS(document)))
    throw new NewEnvironmentError(`${path} already exists; choose another name, or remove it`);
  return false;
}
