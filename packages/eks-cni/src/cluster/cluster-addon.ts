import { EksAddon } from "@cdktf/provider-aws/lib/eks-addon";
import { ValidationError } from "@cluster-ipam/blueprint-core";
import { type ITerraformDependable } from "cdktf";
import { Construct } from "constructs";
import { type EksCluster } from "./eks-cluster";

/** A managed add-on other than the VPC CNI. */
export interface AddonOptions {
  /** Version with its build, for example "v1.12.1-eksbuild.2". @default EKS's default for the Kubernetes version */
  readonly version?: string;
  /** Configuration in the add-on's schema. @default the add-on's defaults */
  readonly configuration?: Readonly<Record<string, unknown>>;
}

/** Add-ons of every cluster, by name. */
export const DEFAULT_ADDONS: Readonly<Record<string, AddonOptions>> = {
  "eks-pod-identity-agent": {},
  "kube-proxy": {},
  coredns: {},
};

/** Add-ons that a node needs when it joins. The others need nodes. */
export const NODE_ADDONS: readonly string[] = ["eks-pod-identity-agent", "kube-proxy"];

/** Props of a {@link ClusterAddon}. */
export interface ClusterAddonProps extends AddonOptions {
  readonly cluster: EksCluster;
  readonly name: string;
  /** Resources that must exist first, in addition to the cluster. @default none */
  readonly after?: readonly ITerraformDependable[];
}

/** A managed add-on of a cluster. */
export class ClusterAddon extends Construct {
  readonly resource: EksAddon;

  /** @throws ValidationError for the VPC CNI, which has its own construct, and a version without its build */
  constructor(scope: Construct, id: string, props: ClusterAddonProps) {
    super(scope, id);
    const { name, version, configuration } = props;
    if (name === "vpc-cni") {
      throw new ValidationError(
        this,
        "addons has vpc-cni, which must be installed before any node; use cni instead",
      );
    }
    if (version !== undefined && !/^v\d+\.\d+\.\d+-eksbuild\.\d+$/.test(version)) {
      throw new ValidationError(
        this,
        `version ${version} is not an add-on version; include the build, for example v1.12.1-eksbuild.2`,
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
