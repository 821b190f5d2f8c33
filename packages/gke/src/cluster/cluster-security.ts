import { DataGoogleProject } from "@cdktf/provider-google/lib/data-google-project";
import { KmsCryptoKey } from "@cdktf/provider-google/lib/kms-crypto-key";
import { KmsCryptoKeyIamMember } from "@cdktf/provider-google/lib/kms-crypto-key-iam-member";
import { KmsKeyRing } from "@cdktf/provider-google/lib/kms-key-ring";
import { ValidationError } from "@cluster-ipam/blueprint-core";
import { type ITerraformDependable } from "cdktf";
import { Construct } from "constructs";
import { type GkeNetworkContract } from "../network/gke-network-contract";

/** Options that harden a cluster. Each can be set on a cluster that exists, in place. */
export interface ClusterSecurityOptions {
  /** Whether the project's Binary Authorization policy decides which images run; its default allows all. @default false */
  readonly binaryAuthorization?: boolean;
  /**
   * Google group whose member groups RBAC may name: `gke-security-groups@<your domain>`, the only name that GKE accepts.
   * @default none
   */
  readonly rbacGroup?: string;
  /** Whether flow logs and firewall rules see the traffic between pods of a node. Always with Autopilot. @default false */
  readonly intranodeVisibility?: boolean;
  /**
   * Cloud KMS key with which GKE encrypts Kubernetes secrets before it stores them: `create`, or the resource name of a key
   * in the cluster's Region that GKE's service agent may use. Cloud KMS keeps a key ring forever, also without the cluster.
   * @default keys that Google owns
   */
  readonly secretsKey?: "create" | { readonly name: string };
}

/** Props of a {@link SecretsKey}. */
export interface SecretsKeyProps {
  readonly network: GkeNetworkContract;
  /** Whether Terraform refuses to destroy the key. */
  readonly deletionProtection: boolean;
}

/** Days after which Cloud KMS makes a new version of a key, in seconds. */
const ROTATION = `${90 * 24 * 60 * 60}s`;

/**
 * The arguments of a hardened cluster.
 *
 * @throws ValidationError for a group that GKE does not accept, and for what Autopilot decides
 */
export function securityArguments(
  where: Construct,
  options: ClusterSecurityOptions & { readonly autopilot?: boolean },
) {
  const { rbacGroup, binaryAuthorization, intranodeVisibility, autopilot } = options;
  if (rbacGroup !== undefined && !/^gke-security-groups@[a-z0-9-]+(\.[a-z0-9-]+)+$/.test(rbacGroup))
    throw new ValidationError(
      where,
      `rbacGroup is ${rbacGroup}, which GKE does not accept; use gke-security-groups@ with your organization's domain`,
    );
  if (autopilot && intranodeVisibility !== undefined)
    throw new ValidationError(
      where,
      "intranodeVisibility is set, but Autopilot always has it; remove intranodeVisibility",
    );
  return {
    ...(binaryAuthorization && {
      binaryAuthorization: { evaluationMode: "PROJECT_SINGLETON_POLICY_ENFORCE" },
    }),
    ...(rbacGroup !== undefined && { authenticatorGroupsConfig: { securityGroup: rbacGroup } }),
    ...(intranodeVisibility !== undefined && { enableIntranodeVisibility: intranodeVisibility }),
  };
}

/**
 * A Cloud KMS key for a cluster's secrets, which GKE's service agent may use.
 * Source: GKE, "Encrypt secrets at the application layer".
 */
export class SecretsKey extends Construct {
  /** Resource name of the key. */
  readonly keyName: string;
  /** The agent's permission. The cluster depends on it. */
  readonly permission: ITerraformDependable;

  constructor(scope: Construct, id: string, props: SecretsKeyProps) {
    super(scope, id);
    const { addresses, project } = props.network;
    const ring = new KmsKeyRing(this, "ring", { name: addresses.name, project, location: addresses.region });
    const key = new KmsCryptoKey(this, "key", {
      name: "secrets",
      keyRing: ring.id,
      purpose: "ENCRYPT_DECRYPT",
      rotationPeriod: ROTATION,
      // Without the key, the secrets are lost.
      lifecycle: { preventDestroy: props.deletionProtection },
    });
    const { number } = new DataGoogleProject(this, "project", { projectId: project });
    this.permission = new KmsCryptoKeyIamMember(this, "agent", {
      cryptoKeyId: key.id,
      role: "roles/cloudkms.cryptoKeyEncrypterDecrypter",
      member: `serviceAccount:service-${number}@container-engine-robot.iam.gserviceaccount.com`,
    });
    this.keyName = key.id;
  }
}
