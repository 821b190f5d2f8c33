import { CloudwatchLogGroup } from "@cdktf/provider-aws/lib/cloudwatch-log-group";
import { EksCluster as EksClusterResource } from "@cdktf/provider-aws/lib/eks-cluster";
import { type EksAccessPolicyAssociation } from "@cdktf/provider-aws/lib/eks-access-policy-association";
import { IamRole } from "@cdktf/provider-aws/lib/iam-role";
import { IamRolePolicyAttachment } from "@cdktf/provider-aws/lib/iam-role-policy-attachment";
import { SecurityGroup } from "@cdktf/provider-aws/lib/security-group";
import { VpcSecurityGroupIngressRule } from "@cdktf/provider-aws/lib/vpc-security-group-ingress-rule";
import { Prefix } from "@cluster-ipam/address-plan";
import { ValidationError } from "@cluster-ipam/blueprint-core";
import { Annotations } from "cdktf";
import { Construct } from "constructs";
import { type Access, AccessEntry } from "./access-entry";
import { type ApiEndpoint, checkApiEndpoint } from "./api-endpoint";
import { type EksNetworkContract } from "../network/eks-network-contract";
import { CONTROL_PLANE_TRUST } from "../iam-trust";
import { checkKubernetesVersion } from "./kubernetes-version";
import { literalCidr } from "../literal-cidr";
import { NetworkLookup } from "../network/eks-network-lookup";
import { partition } from "../partition";

/** A component of the control plane that writes a log. */
export type ControlPlaneLog = "api" | "audit" | "authenticator" | "controllerManager" | "scheduler";

export interface EksClusterProps {
  /** The network the cluster lives in. */
  readonly network: EksNetworkContract;
  /** Kubernetes minor version as a string, for example "1.33". */
  readonly version: string;
  /** @default the private endpoint only, open to every private range of the address plan */
  readonly endpoint?: ApiEndpoint;
  /** Who may do what, by a name of your choice. @default nobody, with a warning */
  readonly access?: Readonly<Record<string, Access>>;
  /** @default api, audit and authenticator */
  readonly controlPlaneLogs?: readonly ControlPlaneLog[];
  /** Days the control plane's logs are kept; a period CloudWatch knows. @default 90 */
  readonly logRetentionDays?: number;
  /**
   * CIDR of the Services, /12 to /24 in 10.0.0.0/8, 172.16.0.0/12 or 192.168.0.0/16, outside every private range
   * of the plan. Changing it replaces the cluster. Not used by an IPv6 cluster.
   * @default "172.20.0.0/16"
   */
  readonly serviceCidr?: string;
  /** What happens when the version leaves standard support: EKS upgrades it, or charges extended support. @default "STANDARD" */
  readonly supportType?: "STANDARD" | "EXTENDED";
  /** EKS and Terraform refuse to delete the cluster. @default true */
  readonly deletionProtection?: boolean;
  /** EKS installs an unmanaged CNI, kube-proxy and CoreDNS. Changing it replaces the cluster. @default false */
  readonly bootstrapSelfManagedAddons?: boolean;
}

/**
 * An EKS control plane: private endpoint, access by entries, logs with an end.
 *
 * @throws ValidationError on what EKS refuses, and on what it silently takes for something else
 */
export class EksCluster extends Construct {
  readonly network: EksNetworkContract;
  readonly lookup: NetworkLookup;
  readonly resource: EksClusterResource;
  /** Policies of the access entries: whoever talks to the cluster's API waits for them. */
  readonly accessPolicies: readonly EksAccessPolicyAssociation[];

  constructor(scope: Construct, id: string, props: EksClusterProps) {
    super(scope, id);
    this.network = props.network;
    checkCluster(this, props);
    this.lookup = new NetworkLookup(this, "network", props.network);
    this.resource = this.createCluster(props);
    const access = Object.entries(props.access ?? {});
    if (access.length === 0) {
      Annotations.of(this).addWarning("nobody has access to this cluster; name a cluster-admin in access");
    }
    this.accessPolicies = access.map(
      ([name, entry]) =>
        new AccessEntry(this, `access-${name}`, {
          ...entry,
          clusterName: this.name,
          region: this.network.cluster.region,
        }).policy,
    );
  }

  /** Name of the cluster, as a reference: whatever uses it waits for the cluster. */
  get name(): string {
    return this.resource.name;
  }

  /** Security group that EKS makes for the control plane, the nodes and the pods. */
  get securityGroupId(): string {
    return this.resource.vpcConfig.clusterSecurityGroupId;
  }

  private createCluster(props: EksClusterProps): EksClusterResource {
    const { cluster, ipFamily } = this.network;
    const deletionProtection = props.deletionProtection ?? true;
    const role = new IamRole(this, "role", {
      name: `${cluster.name}-control-plane`,
      description: `Control plane of ${cluster.name}`,
      assumeRolePolicy: CONTROL_PLANE_TRUST,
    });
    const policy = new IamRolePolicyAttachment(this, "cluster-policy", {
      role: role.name,
      policyArn: `arn:${partition(cluster.region)}:iam::aws:policy/AmazonEKSClusterPolicy`,
    });
    // EKS would make the group itself, without an end to what it keeps.
    const logs = new CloudwatchLogGroup(this, "logs", {
      name: `/aws/eks/${cluster.name}/cluster`,
      retentionInDays: props.logRetentionDays ?? 90,
    });
    return new EksClusterResource(this, "cluster", {
      name: cluster.name,
      version: props.version,
      roleArn: role.arn,
      enabledClusterLogTypes: [...(props.controlPlaneLogs ?? ["api", "audit", "authenticator"])],
      bootstrapSelfManagedAddons: props.bootstrapSelfManagedAddons ?? false,
      deletionProtection,
      accessConfig: { authenticationMode: "API", bootstrapClusterCreatorAdminPermissions: false },
      kubernetesNetworkConfig:
        ipFamily === "ipv6" ? { ipFamily } : { ipFamily, serviceIpv4Cidr: serviceCidrOf(props) },
      upgradePolicy: { supportType: props.supportType ?? "STANDARD" },
      vpcConfig: {
        subnetIds: this.lookup.controlPlaneSubnetIds,
        securityGroupIds: [this.endpointSecurityGroup(props.endpoint ?? {}).id],
        endpointPrivateAccess: true,
        endpointPublicAccess: props.endpoint?.publicCidrs !== undefined,
        publicAccessCidrs: props.endpoint?.publicCidrs && [...props.endpoint.publicCidrs],
      },
      lifecycle: { preventDestroy: deletionProtection },
      dependsOn: [policy, logs],
    });
  }

  private endpointSecurityGroup(endpoint: ApiEndpoint): SecurityGroup {
    const { cluster } = this.network;
    const group = new SecurityGroup(this, "endpoint", {
      name: `${cluster.name}-endpoint`,
      description: "HTTPS to the private endpoint of the Kubernetes API",
      vpcId: this.lookup.vpcId,
      tags: { Name: `${cluster.name}-endpoint` },
    });
    for (const cidr of endpoint.privateCidrs ?? cluster.privateRanges) {
      new VpcSecurityGroupIngressRule(this, `endpoint-${cidr.replace(/[./]/g, "-")}`, {
        securityGroupId: group.id,
        description: `HTTPS from ${cidr}`,
        ipProtocol: "tcp",
        fromPort: 443,
        toPort: 443,
        cidrIpv4: cidr,
      });
    }
    return group;
  }
}

const serviceCidrOf = ({ serviceCidr = "172.20.0.0/16" }: EksClusterProps) => serviceCidr;

function checkCluster(where: Construct, props: EksClusterProps): void {
  const { cluster, ipFamily } = props.network;
  checkKubernetesVersion(where, props.version);
  if (!/^[0-9A-Za-z][\w-]{0,49}$/.test(cluster.name)) {
    throw new ValidationError(
      where,
      `cluster name ${cluster.name} does not fit EKS and its IAM roles; use 1 to 50 letters, digits, - and _, a letter or digit first`,
    );
  }
  checkApiEndpoint(where, props.endpoint ?? {});
  checkPrincipals(where, props.access ?? {});
  if (ipFamily === "ipv4") checkServiceCidr(where, serviceCidrOf(props), cluster.privateRanges);
}

function checkPrincipals(where: Construct, access: Readonly<Record<string, Access>>): void {
  const names = new Map<string, string>();
  for (const [name, { principalArn }] of Object.entries(access)) {
    const first = names.get(principalArn);
    if (first !== undefined) {
      throw new ValidationError(
        where,
        `access ${first} and ${name} are both ${principalArn}, but a principal has one entry in a cluster; merge them`,
      );
    }
    names.set(principalArn, name);
  }
}

function checkServiceCidr(where: Construct, cidr: string, privateRanges: readonly string[]): void {
  const services = literalCidr(where, "serviceCidr", cidr);
  const allowed = ["10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16"];
  if (
    services.length < 12 ||
    services.length > 24 ||
    !allowed.some((range) => Prefix.parse(range).contains(services))
  ) {
    throw new ValidationError(
      where,
      `serviceCidr ${cidr} is refused by EKS; use a /12 to /24 inside ${allowed.join(", ")}`,
    );
  }
  const shadowed = privateRanges.find((range) => Prefix.parse(range).overlaps(services));
  if (shadowed !== undefined) {
    throw new ValidationError(
      where,
      `serviceCidr ${cidr} overlaps ${shadowed} of the address plan, which pods could then not reach; use a range outside the plan`,
    );
  }
}
