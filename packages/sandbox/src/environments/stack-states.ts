import { existsSync, readdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import { readJsonObject, readText } from "@cluster-ipam/address-plan/repository";
import { type ObjectValue } from "@cluster-ipam/terraform-provider";
import { AddressPlanError } from "@cluster-ipam/address-plan";
import { Journal, Store, type Transaction } from "@cluster-ipam/cloud-model";
import { identityOf } from "../resource-store/identities";
import { listResources } from "../resource-store/resource-store";
import { type Environment } from "./environment";

/** The local Terraform state of a stack, compared with the sandbox's cloud. */
export interface StackState {
  readonly path: string;
  /** Number of resources in the state. */
  readonly resources: number;
  /** Number of those that exist in the sandbox. */
  readonly deployed: number;
  /** Whether deletion protection is on for any of them. */
  readonly isProtected: boolean;
}

/** Folder of an app's local Terraform states. */
const folderOf = ({ app }: Environment): string => join(app, "state");

/**
 * The Terraform states of an environment.
 *
 * @param state folder of the cloud
 */
export function stackStates(environment: Environment, state: string): readonly StackState[] {
  const folder = folderOf(environment);
  if (!existsSync(folder)) return [];
  const store = new Store({ journal: new Journal(state) });
  return readdirSync(folder)
    .filter((name) => name.endsWith(".tfstate"))
    .map((name) => store.view((transaction) => stackState(join(folder, name), transaction)));
}

/** Removes an environment's Terraform states without resources. */
export function removeEmptyStates(environment: Environment, state: string): void {
  for (const { path, resources } of stackStates(environment, state))
    if (resources === 0) for (const file of [path, `${path}.backup`]) rmSync(file, { force: true });
  const folder = folderOf(environment);
  if (existsSync(folder) && readdirSync(folder).length === 0) rmSync(folder, { recursive: true });
}

interface TerraformState {
  readonly resources?: readonly {
    readonly mode: string;
    readonly type: string;
    readonly instances: readonly { readonly attributes: ObjectValue }[];
  }[];
}

/** @throws AddressPlanError with the path and a fix if it is damaged */
function readState(path: string): TerraformState {
  if (readText(path) === "") return {};
  const state = readJsonObject(path, RESTORE) as TerraformState;
  if (state.resources === undefined || isResources(state.resources)) return state;
  throw new AddressPlanError(path, `not a Terraform state; ${RESTORE}`);
}

const RESTORE =
  "restore it from its .backup, or delete it and the sandbox's cloud (.sandbox) with the other states";

const isResources = (value: unknown): boolean =>
  Array.isArray(value) && value.every((entry: { instances?: unknown } | null) => Array.isArray(entry?.instances));

function stackState(path: string, transaction: Transaction): StackState {
  const { resources = [] } = readState(path);
  const managed = resources
    .filter(({ mode }) => mode === "managed")
    .flatMap(({ type, instances }) => instances.map(({ attributes }) => ({ type, attributes })));
  const isDeployed = ({ type, attributes }: (typeof managed)[number]) =>
    listResources(transaction, type).some(({ id }) => id === identityOf(type, attributes));
  return {
    path,
    resources: managed.length,
    deployed: managed.filter(isDeployed).length,
    isProtected: managed.some(({ attributes }) => attributes["deletion_protection"] === true),
  };
}
