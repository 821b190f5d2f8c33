import { Fn } from "cdktf";
import { type Construct } from "constructs";
import { BlueprintStack, type BlueprintStackProps, ValidationError } from "@cluster-ipam/blueprint-core";
import { googleProvider } from "@cluster-ipam/blueprint-core/google";
import { DataGoogleClientConfig } from "@cdktf/provider-google/lib/data-google-client-config";
import { KubernetesProvider } from "@cdktf/provider-kubernetes/lib/provider";
import { ContainerClusterLookup } from "../system/container-cluster-lookup";
import { type GkeClusterContract } from "../cluster/gke-cluster";
import { IpMasqAgent } from "../system/ip-masq-agent";

export interface GkeSystemStackProps extends BlueprintStackProps {
  /** The cluster, from `GkeClusterStack.contract`. */
  readonly cluster: GkeClusterContract;
}

/**
 * What the blueprint sets in a Standard cluster's `kube-system`: the ranges of ip-masq-agent.
 *
 * A stack of its own, because it looks the cluster up and talks to its API: plan and deploy it once the cluster runs,
 * from where `endpoint` lets you in.
 */
export class GkeSystemStack extends BlueprintStack {
  /** @throws ValidationError an Autopilot cluster, which has no ip-masq-agent */
  constructor(scope: Construct, id: string, props: GkeSystemStackProps) {
    super(scope, id, props);
    const { cluster } = props;
    if (cluster.autopilot) {
      throw new ValidationError(
        this,
        `${cluster.name} is Autopilot, which has no ip-masq-agent to configure; leave this stack out and set an EgressNATPolicy in the cluster`,
      );
    }
    this.deployAfter(cluster.stack);
    googleProvider(this, { project: cluster.project, region: cluster.region });
    const client = new DataGoogleClientConfig(this, "client");
    const found = new ContainerClusterLookup(this, "cluster", {
      name: cluster.name,
      project: cluster.project,
      location: cluster.region,
    });
    new KubernetesProvider(this, "kubernetes", { token: client.accessToken, ...endpoint(cluster, found) });
    new IpMasqAgent(this, "ip-masq-agent", { privateRanges: cluster.privateRanges });
  }
}

/** The DNS endpoint has a public certificate; the address has the cluster's own. */
function endpoint(cluster: GkeClusterContract, found: ContainerClusterLookup) {
  if (cluster.endpoint === "dns") {
    return { host: `https://${found.dnsEndpoint}` };
  }
  return {
    host: `https://${found.endpoint}`,
    clusterCaCertificate: Fn.base64decode(found.clusterCaCertificate),
  };
}
