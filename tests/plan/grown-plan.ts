import { readFileSync } from "node:fs";
import { join } from "node:path";
import { AddressPlan, allocate, parseLock, type PlanDefinitionInput } from "@cluster-ipam/address-plan";
import { parse } from "yaml";

const root = join(__dirname, "../..");

const definition = parse(readFileSync(join(root, "addresses.yaml"), "utf8")) as PlanDefinitionInput;
const lock = parseLock(readFileSync(join(root, "addresses.lock.json"), "utf8"));

/** The repository's plan with further or changed clusters, and the lock that `npm run addresses` would write for it. */
export function grownPlan(clusters: PlanDefinitionInput["clusters"]): AddressPlan {
  const grown = { ...definition, clusters: { ...definition.clusters, ...clusters } };
  return AddressPlan.from(grown, allocate(grown, lock).lock);
}

/** The repository's plan with other growth for a cluster. */
export function regrownPlan(cluster: string, growthPercent: number): AddressPlan {
  return grownPlan({ [cluster]: { ...definition.clusters[cluster]!, growthPercent } });
}
