import { isDeepStrictEqual } from "node:util";
import { type Document, isMap, isScalar, type Pair, parseDocument, Scalar, type YAMLMap } from "yaml";
import { MODEL } from "./environment-name";
import { NewEnvironmentError } from "./new-environment-error";

/**
 * Adds an environment with clusters like the model's to the text of an address plan. Comments stay.
 *
 * @param file name of the plan, for errors
 * @returns the text, and the text as it was if the environment is already there as it would be added
 * @throws NewEnvironmentError if the plan has no model to follow, or has the environment in another form
 */
export function extendedPlan(text: string, name: string, file: string): string {
  const document = parseDocument(text);
  const [environments, clusters] = [
    section(document, "environments", file),
    section(document, "clusters", file),
  ];
  const model = environments.get(MODEL, true);
  const like = clusters.items.filter((pair) => environmentOf(pair) === MODEL);
  if (!isMap(model) || like.length === 0) {
    throw new NewEnvironmentError(
      `${file}: environments.${MODEL} or its clusters are missing, and a new environment is made like it; write ` +
        `${name} by hand`,
    );
  }
  let added = add(document, environments, new Scalar(name), model, `${file}: environments.${name}`);
  for (const pair of like) {
    const cluster = (pair.value as YAMLMap).clone() as YAMLMap;
    cluster.set("environment", name);
    const key = (pair.key as Scalar<string>).clone() as Scalar<string>;
    key.value = key.value.replace(new RegExp(`^${MODEL}\\b`), name);
    if (key.value === (pair.key as Scalar).value) key.value = `${name}-${key.value}`;
    key.spaceBefore = true;
    added = add(document, clusters, key, cluster, `${file}: clusters.${key.value}`) || added;
  }
  return added ? document.toString({ lineWidth: 0 }) : text;
}

function section(document: Document, name: string, file: string): YAMLMap {
  const node = document.get(name, true);
  if (!isMap(node)) throw new NewEnvironmentError(`${file}: ${name} is missing; the plan needs it`);
  return node;
}

const environmentOf = ({ value }: Pair) => (isMap(value) ? value.get("environment") : undefined);

/** @returns false if it is there already */
function add(document: Document, to: YAMLMap, key: Scalar<string>, like: YAMLMap, path: string): boolean {
  const value = like.clone() as YAMLMap;
  const existing = to.items.find((pair) => isScalar(pair.key) && pair.key.value === key.value);
  if (existing === undefined) {
    to.items.push(document.createPair(key, value));
    return true;
  }
  if (!isMap(existing.value) || !isDeepStrictEqual(existing.value.toJS(document), value.toJS(document)))
    throw new NewEnvironmentError(`${path} exists already; choose another name, or remove it`);
  return false;
}
