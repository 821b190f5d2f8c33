import { Fn } from "cdktf";
import { type Construct } from "constructs";
import { BlueprintStack, type BlueprintStackProps, ValidationError } from "@cluster-ipam/blueprint-core";
import { googleProvider } from "@cluster-ipam/blueprint-core/google";
import { DataGoogleClientConfig } from "@cdktf/provider-google/lib/data-google-client-config";
import { KubernetesProvider } from "@cdktf/provider-kubernetes/lib/provider";
import { ContainerClusterLookup } from "../system/container-cluster-lookup";
import { type GkeClusterContract } from "../cluster/gke-cluster-contract";
import { IpMasqAgent } from "../system/ip-masq-agent";

/** Props of a {@link GkeSystemStack}. */
export interface GkeSystemStackProps extends BlueprintStackProps {
  /** The cluster, from `GkeClusterStack.contract`. */
  readonly contract: GkeClusterContract;
}

/**
 * The configuration of a Standard cluster's `kube-system`: the ranges of ip-masq-agent.
 *
 * It is a separate stack, because it looks up the cluster and calls its API. Plan and deploy it once the cluster runs,
 * from a network that the cluster's `endpoint` allows.
 */
export class GkeSystemStack extends BlueprintStack {
  /** @throws ValidationError for an Autopilot cluster, which has no ip-masq-agent */
  constructor(scope: Construct, id: string, props: GkeSystemStackProps) {
    super(scope, id, props);
    const { contract } = props;
    if (contract.autopilot) {
      throw new ValidationError(
        this,
        `${contract.name} is Autopilot, which has no ip-masq-agent; remove this stack and set an EgressNATPolicy in the cluster`,
      );
    }
    this.serve(contract.name, "system");
    this.deployAfter(contract.stack);
    googleProvider(this, { project: contract.project, region: contract.region });
    const client = new DataGoogleClientConfig(this, "client");
    const lookup = new ContainerClusterLookup(this, "cluster", {
      name: contract.name,
      project: contract.project,
      location: contract.region,
    });
    new KubernetesProvider(this, "kubernetes", { token: client.accessToken, ...endpoint(contract, lookup) });
    new IpMasqAgent(this, "ip-masq-agent", { privateRanges: contract.privateRanges });
  }
}

/** The DNS endpoint has a public certificate; the IP endpoint has one of the cluster's CA. */
function endpoint(contract: GkeClusterContract, lookup: ContainerClusterLookup) {
  if (contract.endpoint === "dns") {
    return { host: `https://${lookup.dnsEndpoint}` };
  }
  return {
    host: `https://${lookup.endpoint}`,
    clusterCaCertificate: Fn.base64decode(lookup.clusterCaCertificate),
  };
}
