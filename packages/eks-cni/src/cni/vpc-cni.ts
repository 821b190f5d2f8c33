import { EksAddon } from "@cdktf/provider-aws/lib/eks-addon";
import { Fn } from "cdktf";
import { Construct } from "constructs";
import { CniRole } from "./cni-role";
import { type CniSettings, cniEnvironment } from "./cni-options";
import { type EksCluster } from "../cluster/eks-cluster";

export interface VpcCniProps extends CniSettings {
  readonly cluster: EksCluster;
  /** The add-on enforces Kubernetes network policies. @default false */
  readonly networkPolicy?: boolean;
}

/**
 * The VPC CNI as a managed add-on. Nodes must depend on {@link addon}: a node that joins before it keeps the
 * addresses and the pod limit of the CNI's defaults.
 *
 * @throws ValidationError on settings with which the CNI would hand out no addresses
 */
export class VpcCni extends Construct {
  readonly addon: EksAddon;

  constructor(scope: Construct, id: string, props: VpcCniProps) {
    super(scope, id);
    const { cluster } = props;
    const role = new CniRole(this, "role", cluster.network);
    const configuration = {
      env: cniEnvironment(this, props, cluster.network),
      ...(props.networkPolicy && { enableNetworkPolicy: "true" }),
      ...(props.customNetworking && { eniConfig: eniConfig(cluster) }),
    };
    this.addon = new EksAddon(this, "addon", {
      clusterName: cluster.name,
      addonName: "vpc-cni",
      addonVersion: cluster.network.cniVersion,
      // The renderer leaves the quotes of a JSON string with references in it unescaped in HCL.
      configurationValues: Fn.jsonencode(configuration),
      podIdentityAssociation: [{ roleArn: role.arn, serviceAccount: "aws-node" }],
      resolveConflictsOnCreate: "OVERWRITE",
      resolveConflictsOnUpdate: "OVERWRITE",
      dependsOn: [...role.policies],
    });
  }
}

/** One ENIConfig a zone, made by the add-on itself: a manifest would need a live cluster at plan. */
function eniConfig({ network, lookup, securityGroupId }: EksCluster) {
  const { region, pods } = network.cluster;
  const subnets = pods.subnets.map((subnet): [string, unknown] => [
    subnet.zone,
    { id: lookup.podSubnetId(subnet), securityGroups: [securityGroupId] },
  ]);
  return { create: true, region, subnets: Object.fromEntries(subnets) };
}
