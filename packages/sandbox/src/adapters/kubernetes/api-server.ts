import { type ObjectValue } from "@cluster-ipam/terraform-provider";
import { ServiceError, type Transaction } from "@cluster-ipam/cloud-model";
import { addons, clusterAt, partNamed } from "@cluster-ipam/cloud-model/aws/eks";
import { ConfigReader } from "../config-reader";
import { keptOf } from "../../resource-store/resource-store";
import { type ResourceContext } from "../resource-model";

/** What a Kubernetes API answers for, beyond what Terraform made in it. */
export interface ApiServer {
  /** Objects that the cluster has by itself, as `DaemonSet kube-system/aws-node`, with their containers. */
  readonly builtIn: ReadonlyMap<string, readonly string[]>;
}

const eksCni = [
  "DaemonSet kube-system/aws-node",
  ["aws-node", "aws-eks-nodeagent", "aws-vpc-cni-init"],
] as const;
const eksObjects = {
  "vpc-cni": [
    eksCni,
    ["ConfigMap kube-system/amazon-vpc-cni", []],
    ["ServiceAccount kube-system/aws-node", []],
  ],
  "kube-proxy": [
    ["DaemonSet kube-system/kube-proxy", ["kube-proxy"]],
    ["ConfigMap kube-system/kube-proxy-config", []],
  ],
  coredns: [
    ["Deployment kube-system/coredns", ["coredns"]],
    ["ConfigMap kube-system/coredns", []],
  ],
} as const;

/**
 * The API server that a provider talks to.
 *
 * @throws ServiceError in the client's words when no cluster that stands has its address
 */
export function apiServer({ transaction, caller }: ResourceContext): ApiServer {
  const found = eksServer(transaction, caller.owner) ?? gkeServer(transaction, caller.owner);
  if (!found) throw unreachable(caller.owner);
  return found;
}

/** Whether a cluster that stands has that address. */
export const answers = ({ transaction, caller }: ResourceContext): boolean =>
  (eksServer(transaction, caller.owner) ?? gkeServer(transaction, caller.owner)) !== undefined;

function eksServer(transaction: Transaction, address: string): ApiServer | undefined {
  const cluster = clusterAt(transaction, address);
  if (!cluster) return undefined;
  const installed = Object.entries(eksObjects).filter(
    ([addon]) => cluster.selfManagedAddons || partNamed(transaction, addons, cluster, addon) !== undefined,
  );
  return {
    builtIn: new Map(installed.flatMap(([, objects]) => objects.map(([name, parts]) => [name, parts]))),
  };
}

const gkeObjects: ApiServer = {
  builtIn: new Map([
    ["Deployment kube-system/kube-dns", ["kubedns", "dnsmasq", "sidecar"]],
    ["ConfigMap kube-system/kube-dns", []],
  ]),
};

function gkeServer(transaction: Transaction, address: string): ApiServer | undefined {
  const host = address.replace(/^https?:\/\//, "");
  const isHere = keptOf(transaction, "google_container_cluster").some(({ state }) =>
    addressesOf(new ConfigReader(state as ObjectValue)).includes(host),
  );
  return host !== "" && isHere ? gkeObjects : undefined;
}

const addressesOf = (cluster: ConfigReader): readonly string[] => [
  cluster.text("endpoint"),
  cluster.block("private_cluster_config").text("private_endpoint"),
  cluster.block("control_plane_endpoints_config").block("dns_endpoint_config").text("endpoint"),
];

function unreachable(address: string): ServiceError {
  const host = address.replace(/^https?:\/\//, "").replace(/[:/].*$/, "");
  const reason =
    address === ""
      ? 'Get "http://localhost/api": dial tcp [::1]:80: connect: connection refused'
      : `Get "${address}/api": dial tcp: lookup ${host}: no such host`;
  return new ServiceError("Unreachable", reason, 503);
}
