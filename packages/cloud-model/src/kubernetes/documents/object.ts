import { Kind } from "../../store/kind";
import { type Transaction } from "../../store/transaction";
import { type ApiServer } from "./api-server";

/** An object by its kind and name. */
export interface ObjectName {
  /** `ConfigMap` */
  readonly kind: string;
  /** Absent for an object of the whole cluster. */
  readonly namespace?: string;
  readonly name: string;
}

/** An object that a client created in a cluster. */
export interface KubernetesObject extends ObjectName {
  /** Identity of its cluster. */
  readonly cluster: string;
}

const objects = new Kind<KubernetesObject>("kubernetes/object");

/** Kind and name of an object: `ConfigMap kube-system/coredns`. */
export const fullName = ({ kind, namespace, name }: ObjectName): string =>
  namespace ? `${kind} ${namespace}/${name}` : `${kind} ${name}`;

const keyOf = (cluster: string, name: ObjectName): string => `${cluster} ${fullName(name)}`;

/** The object that a client created, or undefined. */
export const objectOf = (
  transaction: Transaction,
  { cluster }: ApiServer,
  name: ObjectName,
): KubernetesObject | undefined => transaction.get(objects, keyOf(cluster, name));

/** The objects that clients created in a namespace. */
export const objectsIn = (
  transaction: Transaction,
  { cluster }: ApiServer,
  namespace: string,
): readonly KubernetesObject[] =>
  transaction.filter(objects, (object) => object.cluster === cluster && object.namespace === namespace);

/** Creates or replaces an object. */
export const putObject = (transaction: Transaction, object: KubernetesObject): KubernetesObject =>
  transaction.put(objects, keyOf(object.cluster, object), object);

/** Removes an object. */
export const removeObject = (transaction: Transaction, object: KubernetesObject): void =>
  transaction.remove(objects, keyOf(object.cluster, object));
