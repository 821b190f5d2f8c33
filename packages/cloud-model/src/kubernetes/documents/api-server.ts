import { type Transaction } from "../../store/transaction";
import { clusterAt as eksClusterAt } from "../../aws/eks/documents/cluster";
import { addons, partNamed } from "../../aws/eks/documents/cluster-part";
import { clusterAt as gkeClusterAt } from "../../google/documents/cluster";
import { addonObjects, type BuiltInObjects, gkeObjects } from "./built-in-objects";

/** The Kubernetes API of an EKS or GKE cluster. */
export interface ApiServer {
  /** Identity of the cluster: the objects of one that is created again with the same name are others. */
  readonly cluster: string;
  /** Objects that the cluster comes with. */
  readonly builtIn: BuiltInObjects;
}

/** The API server with an address, with or without its scheme; undefined where no cluster has it. */
export const apiServerAt = (transaction: Transaction, address: string): ApiServer | undefined =>
  eksServer(transaction, address) ?? gkeServer(transaction, address);

function eksServer(transaction: Transaction, address: string): ApiServer | undefined {
  const cluster = eksClusterAt(transaction, address);
  if (!cluster) return undefined;
  const installed = [...addonObjects].filter(
    ([addon]) => cluster.selfManagedAddons || partNamed(transaction, addons, cluster, addon) !== undefined,
  );
  return {
    cluster: `${cluster.arn} ${cluster.endpoint}`,
    builtIn: new Map(installed.flatMap(([, objects]) => [...objects])),
  };
}

function gkeServer(transaction: Transaction, address: string): ApiServer | undefined {
  const host = address.replace(/^https?:\/\//, "");
  const cluster = host === "" ? undefined : gkeClusterAt(transaction, host);
  return cluster && { cluster: `${cluster.id} ${cluster.uid}`, builtIn: gkeObjects };
}
