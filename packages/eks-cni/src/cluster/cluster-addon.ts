import { EksAddon } from "@cdktf/provider-aws/lib/eks-addon";
import { ValidationError } from "@cluster-ipam/blueprint-core";
import { type ITerraformDependable } from "cdktf";
import { Construct } from "constructs";
import { type EksCluster } from "./eks-cluster";

/** A managed add-on beside the VPC CNI. */
export interface AddonSettings {
  /** Version with its build, for example "v1.12.1-eksbuild.2". @default EKS's choice for the Kubernetes version */
  readonly version?: string;
  /** Configuration in the add-on's own schema. @default the add-on's defaults */
  readonly configuration?: Readonly<Record<string, unknown>>;
}

/** Add-ons every cluster has, by name. */
export const DEFAULT_ADDONS: Readonly<Record<string, AddonSettings>> = {
  "eks-pod-identity-agent": {},
  "kube-proxy": {},
  coredns: {},
};

/** Add-ons a node needs when it joins; the others need a node themselves. */
export const NODE_ADDONS: readonly string[] = ["eks-pod-identity-agent", "kube-proxy"];

export interface ClusterAddonProps extends AddonSettings {
  readonly cluster: EksCluster;
  readonly name: string;
  /** @default the cluster only */
  readonly after?: readonly ITerraformDependable[];
}

/** A managed add-on of a cluster. */
export class ClusterAddon extends Construct {
  readonly resource: EksAddon;

  /** @throws ValidationError on the VPC CNI, which has a construct of its own, and on a version without its build */
  constructor(scope: Construct, id: string, props: ClusterAddonProps) {
    super(scope, id);
    const { name, version, configuration } = props;
    if (name === "vpc-cni") {
      throw new ValidationError(this, "addons has vpc-cni, which must come before any node; set cni instead");
    }
    if (version !== undefined && !/^v\d+\.\d+\.\d+-eksbuild\.\d+$/.test(version)) {
      throw new ValidationError(
        this,
        `version ${version} is no add-on version; write it with its build, like v1.12.1-eksbuild.2`,
      );
    }
    this.resource = new EksAddon(this, "addon", {
      clusterName: props.cluster.name,
      addonName: name,
      addonVersion: version,
      configurationValues: configuration && JSON.stringify(configuration),
      resolveConflictsOnCreate: "OVERWRITE",
      resolveConflictsOnUpdate: "OVERWRITE",
      dependsOn: props.after && [...props.after],
    });
  }
}
