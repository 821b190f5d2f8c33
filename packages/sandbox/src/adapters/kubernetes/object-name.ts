import { type ObjectValue } from "@cluster-ipam/terraform-provider";
import { type ObjectName } from "@cluster-ipam/cloud-model/kubernetes";
import { ConfigReader } from "../config-reader";

const CLUSTER_SCOPED: readonly string[] = ["ClusterRole", "Namespace", "Node"];

/** The name of the object that a resource creates, from its `metadata` block. */
export function createdObject(kind: string, values: ObjectValue): ObjectName {
  const metadata = new ConfigReader(values).block("metadata");
  const namespace = metadata.text("namespace");
  return { kind, name: metadata.text("name"), ...(namespace === "" ? {} : { namespace }) };
}

/** The name of the object that a resource patches, from its `kind` and `metadata`. */
export function patchedObject(values: ObjectValue): ObjectName {
  const config = new ConfigReader(values);
  const metadata = config.block("metadata");
  const kind = config.text("kind") || "ConfigMap";
  const name = metadata.text("name");
  if (CLUSTER_SCOPED.includes(kind)) return { kind, name };
  return { kind, name, namespace: metadata.text("namespace") || "default" };
}
