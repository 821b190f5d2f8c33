import { EksAddon } from "@cdktf/provider-aws/lib/eks-addon";
import { type SubnetSet } from "@cluster-ipam/address-plan";
import { ValidationError } from "@cluster-ipam/blueprint-core";
import { Fn } from "cdktf";
import { Construct } from "constructs";
import { CniRole } from "./cni-role";
import { type CniOptions, cniEnvironment, usesCustomNetworking } from "./cni-options";
import { type EksCluster } from "../cluster/eks-cluster";
import { inUse, podSubnetsInUse } from "../subnets/subnets-in-use";

/** Props of a {@link VpcCni}. */
export interface VpcCniProps extends CniOptions {
  readonly cluster: EksCluster;
  /** Whether the add-on enforces Kubernetes network policies. @default false */
  readonly networkPolicy?: boolean;
}

/**
 * The VPC CNI as a managed add-on. Nodes must depend on {@link addon}: a node that joins earlier keeps the addresses
 * and the pod limit of the CNI's defaults.
 *
 * @throws ValidationError for options with which the CNI would assign no addresses
 */
export class VpcCni extends Construct {
  readonly addon: EksAddon;

  constructor(scope: Construct, id: string, props: VpcCniProps) {
    super(scope, id);
    const { cluster } = props;
    const role = new CniRole(this, "role", { network: cluster.network });
    const configuration = {
      env: cniEnvironment(this, props, cluster.network),
      ...(props.networkPolicy && { enableNetworkPolicy: "true" }),
      ...(usesCustomNetworking(props) && { eniConfig: eniConfig(this, cluster, props) }),
    };
    this.addon = new EksAddon(this, "addon", {
      clusterName: cluster.name,
      addonName: "vpc-cni",
      addonVersion: cluster.network.cniVersion,
      // In HCL, the quotes of a JSON string with references would not be escaped.
      configurationValues: Fn.jsonencode(configuration),
      podIdentityAssociation: [{ roleArn: role.arn, serviceAccount: "aws-node" }],
      resolveConflictsOnCreate: "OVERWRITE",
      resolveConflictsOnUpdate: "OVERWRITE",
      dependsOn: [...role.policies],
    });
  }
}

/**
 * One ENIConfig per zone, created by the add-on: a manifest would need a live cluster at plan.
 *
 * @throws ValidationError for a set of subnets that the plan does not have, or drains
 */
function eniConfig(
  where: Construct,
  { network, lookup, securityGroupId }: EksCluster,
  { customNetworking }: CniOptions,
) {
  const { region, pods } = network.addresses;
  if (typeof customNetworking === "object") checkSet(where, customNetworking.podSubnets, pods);
  const planned = podSubnetsInUse(network.addresses, { customNetworking });
  const subnets = planned.map((subnet): [string, unknown] => [
    subnet.zone,
    { id: lookup.podSubnetId(subnet), securityGroups: [securityGroupId] },
  ]);
  return { create: true, region, subnets: Object.fromEntries(subnets) };
}

function checkSet(where: Construct, name: string, sets: readonly SubnetSet[]): void {
  const names = sets.filter((set) => inUse([set]).length > 0).map((set) => set.name);
  if (names.includes(name)) return;
  throw new ValidationError(
    where,
    `cni.customNetworking.podSubnets is ${name}, but the plan has ${names.join(", ")}; use one of them`,
  );
}
