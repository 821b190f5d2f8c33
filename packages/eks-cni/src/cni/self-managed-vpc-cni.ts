import { EksPodIdentityAssociation } from "@cdktf/provider-aws/lib/eks-pod-identity-association";
import { Env } from "@cdktf/provider-kubernetes/lib/env";
import { KubernetesProvider } from "@cdktf/provider-kubernetes/lib/provider";
import { ValidationError } from "@cluster-ipam/blueprint-core";
import { Fn } from "cdktf";
import { Construct } from "constructs";
import { CniRole } from "./cni-role";
import { type CniOptions, cniEnvironment } from "./cni-options";
import { type EksCluster } from "../cluster/eks-cluster";

/** Props of a {@link SelfManagedVpcCni}. */
export interface SelfManagedVpcCniProps extends CniOptions {
  readonly cluster: EksCluster;
}

/**
 * The VPC CNI that EKS installs with a cluster, configured through the environment of its `aws-node` DaemonSet, like
 * `kubectl set env daemonset aws-node -n kube-system`. Nodes must depend on {@link env}.
 *
 * At apply, the Kubernetes provider calls the cluster's endpoint with a token of the AWS CLI. Planning needs no live
 * cluster.
 *
 * @throws ValidationError for custom networking, whose ENIConfigs need the managed add-on, and for options with which
 * the CNI would assign no addresses
 */
export class SelfManagedVpcCni extends Construct {
  readonly env: Env;

  constructor(scope: Construct, id: string, props: SelfManagedVpcCniProps) {
    super(scope, id);
    const { cluster } = props;
    if (props.customNetworking) {
      throw new ValidationError(
        this,
        "custom networking needs ENIConfigs, which only the managed add-on creates; remove cni.management",
      );
    }
    const { name, region } = cluster.network.addresses;
    const role = new CniRole(this, "role", { network: cluster.network });
    const identity = new EksPodIdentityAssociation(this, "identity", {
      clusterName: cluster.name,
      namespace: "kube-system",
      serviceAccount: "aws-node",
      roleArn: role.arn,
    });
    const provider = new KubernetesProvider(this, "kubernetes", {
      host: cluster.resource.endpoint,
      clusterCaCertificate: Fn.base64decode(cluster.resource.certificateAuthority.get(0).data),
      exec: [
        {
          apiVersion: "client.authentication.k8s.io/v1",
          command: "aws",
          args: ["eks", "get-token", "--cluster-name", name, "--region", region],
        },
      ],
    });
    this.env = new Env(this, "aws-node", {
      provider,
      apiVersion: "apps/v1",
      kind: "DaemonSet",
      container: "aws-node",
      metadata: { name: "aws-node", namespace: "kube-system" },
      env: Object.entries(cniEnvironment(this, props, cluster.network)).map(([key, value]) => ({
        name: key,
        value,
      })),
      // EKS owns the fields that it set when it installed the DaemonSet.
      force: true,
      dependsOn: [identity, ...role.policies, ...cluster.accessPolicies],
    });
  }
}
