import { CloudwatchLogGroup } from "@cdktf/provider-aws/lib/cloudwatch-log-group";
import { EksCluster as EksClusterResource } from "@cdktf/provider-aws/lib/eks-cluster";
import { type EksFargateProfile } from "@cdktf/provider-aws/lib/eks-fargate-profile";
import { type EksAccessPolicyAssociation } from "@cdktf/provider-aws/lib/eks-access-policy-association";
import { IamRole } from "@cdktf/provider-aws/lib/iam-role";
import { IamRolePolicyAttachment } from "@cdktf/provider-aws/lib/iam-role-policy-attachment";
import { SecurityGroup } from "@cdktf/provider-aws/lib/security-group";
import { VpcSecurityGroupIngressRule } from "@cdktf/provider-aws/lib/vpc-security-group-ingress-rule";
import { awsPartition, Prefix, type SubnetSet, type ZoneSubnet } from "@cluster-ipam/address-plan";
import { cidrSlug, literalCidr, resourceName, ValidationError, warn } from "@cluster-ipam/blueprint-core";
import { type KmsKeyOption, serviceTrust } from "@cluster-ipam/blueprint-core/aws";
import { Construct } from "constructs";
import { AccessEntry, type AccessEntryOptions } from "./access-entry";
import { type ApiEndpointOptions, checkApiEndpoint } from "./api-endpoint";
import { ClusterEncryption } from "./cluster-encryption";
import { FargateProfile, type FargateProfileOptions, FargateRole } from "./fargate-profile";
import { nodePlacement } from "./node-placement";
import { type EksNetworkContract } from "../network/eks-network-contract";
import { checkKubernetesVersion } from "./kubernetes-version";
import { EksNetworkLookup } from "../network/eks-network-lookup";

/** A component of the control plane that writes a log. */
export type ControlPlaneLog = "api" | "audit" | "authenticator" | "controllerManager" | "scheduler";

/** Props of an {@link EksCluster}. */
export interface EksClusterProps {
  /** The network of the cluster, from `EksNetworkStack.contract`. */
  readonly network: EksNetworkContract;
  /** Kubernetes minor version as a string, for example "1.33". */
  readonly version: string;
  /**
   * Network access to the Kubernetes API.
   * @default the private endpoint only, for every private range of the address plan
   */
  readonly endpoint?: ApiEndpointOptions;
  /** Access entries, by a name of your choice. @default none, with a warning */
  readonly access?: Readonly<Record<string, AccessEntryOptions>>;
  /** Logs of the control plane that EKS writes to CloudWatch. @default api, audit and authenticator */
  readonly controlPlaneLogs?: readonly ControlPlaneLog[];
  /** Retention of the control plane's logs in days; a period that CloudWatch supports. @default 90 */
  readonly logRetentionDays?: number;
  /**
   * Key that encrypts Kubernetes secrets before EKS stores them, and the logs. It can be added to a cluster in place;
   * another key, or none, replaces the cluster.
   * @default keys that AWS owns
   */
  readonly kmsKey?: KmsKeyOption;
  /**
   * CIDR of the Services, /12 to /24 in 10.0.0.0/8, 172.16.0.0/12 or 192.168.0.0/16, outside every private range
   * of the plan. Changing it replaces the cluster. Not used by an IPv6 cluster.
   * @default "172.20.0.0/16"
   */
  readonly serviceCidr?: string;
  /**
   * At the end of standard support, EKS upgrades the version ("STANDARD") or charges for extended support.
   * @default "STANDARD"
   */
  readonly supportType?: "STANDARD" | "EXTENDED";
  /** EKS and Terraform refuse to delete the cluster. @default true */
  readonly deletionProtection?: boolean;
  /** EKS installs an unmanaged CNI, kube-proxy and CoreDNS. Changing it replaces the cluster. @default false */
  readonly bootstrapSelfManagedAddons?: boolean;
  /** EKS may create branch interfaces, which pods with security groups need. @default false */
  readonly branchInterfaces?: boolean;
  /** EKS Auto Mode: EKS runs the nodes, their CNI, their volumes and the load balancers. @default false */
  readonly autoMode?: boolean;
}

/**
 * Managed policies of a cluster's role, besides AmazonEKSClusterPolicy, with Auto Mode (EKS user guide: "Learn about identity
 * and access in EKS Auto Mode", cluster role).
 */
const AUTO_MODE_POLICIES = [
  "AmazonEKSBlockStoragePolicy",
  "AmazonEKSComputePolicy",
  "AmazonEKSLoadBalancingPolicy",
  "AmazonEKSNetworkingPolicy",
];

/**
 * An EKS control plane with a private endpoint, access entries, and logs with a retention period.
 *
 * @throws ValidationError for input that EKS rejects or silently interprets in another way
 */
export class EksCluster extends Construct {
  readonly network: EksNetworkContract;
  readonly lookup: EksNetworkLookup;
  readonly resource: EksClusterResource;
  private readonly access: Record<string, AccessEntryOptions> = {};
  private readonly policies: EksAccessPolicyAssociation[] = [];
  private fargateRole: FargateRole | undefined;
  private lastProfile: EksFargateProfile | undefined;
  private readonly nodeSubnetLookups = new Map<string, string[]>();

  constructor(scope: Construct, id: string, props: EksClusterProps) {
    super(scope, id);
    this.network = props.network;
    checkCluster(this, props);
    this.lookup = new EksNetworkLookup(this, "network", { network: props.network });
    const controlPlaneSubnetIds = this.lookup.subnetIds("control-plane");
    this.resource = this.createCluster(props, controlPlaneSubnetIds);
    const access = Object.entries(props.access ?? {});
    if (access.length === 0) {
      warn(this, "no principal has access to this cluster; add a cluster-admin to access");
    }
    for (const [name, entry] of access) this.addAccessEntry(name, entry);
  }

  /**
   * Gives an IAM principal access to the cluster.
   *
   * @param name of your choice, unique in the cluster
   * @throws ValidationError for the ARN of a session, namespaces that EKS rejects or ignores, and a name or principal that
   * has an entry
   */
  addAccessEntry(name: string, entry: AccessEntryOptions): AccessEntry {
    if (Object.hasOwn(this.access, name))
      throw new ValidationError(this, `access ${name} is there already; use another name`);
    this.access[name] = entry;
    checkPrincipals(this, this.access);
    const added = new AccessEntry(this, `access-${name}`, {
      ...entry,
      clusterName: this.name,
      region: this.network.addresses.region,
    });
    this.policies.push(added.policy);
    return added;
  }

  /**
   * Runs pods on Fargate, in the node subnets, which are private. EKS creates or deletes one profile at a time, so this one waits
   * for those before it.
   *
   * @throws ValidationError for a plan without Fargate pods, a name or selectors that EKS rejects, and subnets that the plan does
   * not have or drains
   */
  addFargateProfile(options: FargateProfileOptions): FargateProfile {
    if (this.node.tryFindChild(`fargate-${options.name}`) !== undefined)
      throw new ValidationError(this, `two Fargate profiles are named ${options.name}; use unique names`);
    const { network } = this;
    this.fargateRole ??= new FargateRole(this, "fargate-role", { network });
    const placement = nodePlacement(this, options, network.addresses, "Fargate profile");
    const profile = new FargateProfile(this, `fargate-${options.name}`, {
      ...options,
      clusterName: this.name,
      addresses: network.addresses,
      role: this.fargateRole,
      subnetIds: this.nodeSubnetIds(placement.set, placement.subnets),
      ...(this.lastProfile && { after: this.lastProfile }),
    });
    this.lastProfile = profile.resource;
    return profile;
  }

  /** Policies of the access entries. Resources that call the Kubernetes API depend on them. */
  get accessPolicies(): readonly EksAccessPolicyAssociation[] {
    return this.policies;
  }

  /** Role of the control plane. */
  get role(): IamRole {
    return this.node.findChild("role") as IamRole;
  }

  /** Logs of the control plane. */
  get logGroup(): CloudwatchLogGroup {
    return this.node.findChild("logs") as CloudwatchLogGroup;
  }

  /** Admits the plan's private ranges to the private endpoint of the API. */
  get endpointSecurityGroup(): SecurityGroup {
    return this.node.findChild("endpoint") as SecurityGroup;
  }

  /** Name of the cluster, as a reference: resources that use it depend on the cluster. */
  get name(): string {
    return this.resource.name;
  }

  /** Security group that EKS creates for the control plane, the nodes and the pods. */
  get securityGroupId(): string {
    return this.resource.vpcConfig.clusterSecurityGroupId;
  }

  /** Ids of node subnets of one set. */
  nodeSubnetIds(set: SubnetSet, subnets: readonly ZoneSubnet[]): string[] {
    const zones = subnets.length === set.subnets.length ? [] : subnets.map(({ zone }) => zone);
    const id = [set.name.replace(/^nodes/, "node"), ...zones].join("-");
    const ids = this.nodeSubnetLookups.get(id) ?? this.lookup.nodeSubnetIds(id, subnets);
    this.nodeSubnetLookups.set(id, ids);
    return ids;
  }

  private createCluster(props: EksClusterProps, subnetIds: string[]): EksClusterResource {
    const { addresses, ipFamily } = this.network;
    const deletionProtection = props.deletionProtection ?? true;
    const role = new IamRole(this, "role", {
      name: `${addresses.name}-control-plane`,
      description: `Control plane of ${addresses.name}`,
      assumeRolePolicy: serviceTrust(
        "eks",
        props.autoMode ? { actions: ["sts:AssumeRole", "sts:TagSession"] } : {},
      ),
    });
    const policy = (id: string, policyName: string) =>
      new IamRolePolicyAttachment(this, id, {
        role: role.name,
        policyArn: `arn:${awsPartition(addresses.region)}:iam::aws:policy/${policyName}`,
      });
    const policies = [
      policy("cluster-policy", "AmazonEKSClusterPolicy"),
      ...(props.branchInterfaces
        ? [policy("branch-interfaces-policy", "AmazonEKSVPCResourceController")]
        : []),
      ...(props.autoMode ? AUTO_MODE_POLICIES.map((name) => policy(name, name)) : []),
    ];
    const logGroupName = `/aws/eks/${addresses.name}/cluster`;
    const encryption =
      props.kmsKey &&
      new ClusterEncryption(this, "encryption", {
        network: props.network,
        kmsKey: props.kmsKey,
        role,
        logGroupName,
        deletionProtection,
      });
    // EKS would create the group itself, without a retention period.
    const logs = new CloudwatchLogGroup(this, "logs", {
      name: logGroupName,
      retentionInDays: props.logRetentionDays ?? 90,
      kmsKeyId: encryption?.keyArn,
    });
    return new EksClusterResource(this, "cluster", {
      name: addresses.name,
      version: props.version,
      roleArn: role.arn,
      enabledClusterLogTypes: [...(props.controlPlaneLogs ?? ["api", "audit", "authenticator"])],
      bootstrapSelfManagedAddons: props.bootstrapSelfManagedAddons ?? false,
      deletionProtection,
      accessConfig: { authenticationMode: "API", bootstrapClusterCreatorAdminPermissions: false },
      kubernetesNetworkConfig: {
        ipFamily,
        ...(ipFamily === "ipv4" && { serviceIpv4Cidr: serviceCidrOf(props) }),
        ...(props.autoMode && { elasticLoadBalancing: { enabled: true } }),
      },
      // EKS takes all three or none. Its own node pools would be in the control plane's subnets.
      ...(props.autoMode && {
        computeConfig: { enabled: true },
        storageConfig: { blockStorage: { enabled: true } },
      }),
      upgradePolicy: { supportType: props.supportType ?? "STANDARD" },
      vpcConfig: {
        subnetIds,
        securityGroupIds: [this.createEndpointSecurityGroup(props.endpoint ?? {}).id],
        endpointPrivateAccess: true,
        endpointPublicAccess: props.endpoint?.publicCidrs !== undefined,
        publicAccessCidrs: props.endpoint?.publicCidrs && [...props.endpoint.publicCidrs],
      },
      ...(encryption && {
        encryptionConfig: { resources: ["secrets"], provider: { keyArn: encryption.keyArn } },
      }),
      lifecycle: { preventDestroy: deletionProtection },
      dependsOn: [...policies, ...(encryption ? [encryption.policy] : []), logs],
    });
  }

  private createEndpointSecurityGroup(endpoint: ApiEndpointOptions): SecurityGroup {
    const { addresses } = this.network;
    const group = new SecurityGroup(this, "endpoint", {
      name: `${addresses.name}-endpoint`,
      description: "HTTPS to the private endpoint of the Kubernetes API",
      vpcId: this.lookup.vpc.id,
      tags: { Name: `${addresses.name}-endpoint` },
    });
    for (const cidr of endpoint.privateCidrs ?? addresses.privateRanges) {
      new VpcSecurityGroupIngressRule(this, `endpoint-${cidrSlug(cidr)}`, {
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
  const { addresses, ipFamily } = props.network;
  checkKubernetesVersion(where, props.version);
  resourceName(where, addresses.name, "eks-cluster");
  checkApiEndpoint(where, props.endpoint ?? {});
  checkPrincipals(where, props.access ?? {});
  if (ipFamily === "ipv4") checkServiceCidr(where, serviceCidrOf(props), addresses.privateRanges);
}

function checkPrincipals(where: Construct, access: Readonly<Record<string, AccessEntryOptions>>): void {
  const names = new Map<string, string>();
  for (const [name, { principalArn }] of Object.entries(access)) {
    const first = names.get(principalArn);
    if (first !== undefined) {
      throw new ValidationError(
        where,
        `access ${first} and ${name} are both ${principalArn}, but a principal has one entry per cluster; merge them`,
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
      `EKS rejects serviceCidr ${cidr}; use a /12 to /24 inside ${allowed.join(", ")}`,
    );
  }
  const shadowed = privateRanges.find((range) => Prefix.parse(range).overlaps(services));
  if (shadowed !== undefined) {
    throw new ValidationError(
      where,
      `serviceCidr ${cidr} overlaps ${shadowed} of the address plan, which pods could not reach; use a range outside the plan`,
    );
  }
}
