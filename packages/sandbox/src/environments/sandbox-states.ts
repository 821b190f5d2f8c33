import { existsSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { identityOf } from "../cloud/identities";
import { keptOf } from "../cloud/kept-resource";
import { type ObjectValue } from "../plugin/value";
import { Journal } from "../store/journal";
import { Store } from "../store/store";
import { type Transaction } from "../store/transaction";
import { type Environment } from "./environment";

/** Folder of an app's local Terraform states. */
const folderOf = ({ app }: Environment): string => join(app, "state");

/**
 * Removes the Terraform states of an environment whose resources all stand in the sandbox's cloud, or that hold
 * none. A state that holds anything else was deployed elsewhere, and stays.
 *
 * @param state folder of the cloud
 * @returns the paths of the states that stay
 */
export function removeSandboxStates(environment: Environment, state: string): readonly string[] {
  const folder = folderOf(environment);
  if (!existsSync(folder)) return [];
  const store = new Store({ journal: new Journal(state) });
  const paths = readdirSync(folder)
    .filter((name) => name.endsWith(".tfstate"))
    .map((name) => join(folder, name));
  const foreign = paths.filter((path) => !store.view((transaction) => standsAll(path, transaction)));
  for (const path of paths.filter((candidate) => !foreign.includes(candidate)))
    for (const file of [path, `${path}.backup`]) rmSync(file, { force: true });
  if (readdirSync(folder).length === 0) rmSync(folder, { recursive: true });
  return foreign;
}

interface TerraformState {
  readonly resources?: readonly {
    readonly mode: string;
    readonly type: string;
    readonly instances: readonly { readonly attributes: ObjectValue }[];
  }[];
}

function standsAll(path: string, transaction: Transaction): boolean {
  const text = readFileSync(path, "utf8");
  const { resources = [] } = (text === "" ? {} : JSON.parse(text)) as TerraformState;
  return resources
    .filter(({ mode }) => mode === "managed")
    .every(({ type, instances }) => {
      const kept = new Set(keptOf(transaction, type).map(({ id }) => id));
      return instances.every(({ attributes }) => kept.has(identityOf(type, attributes)));
    });
}
