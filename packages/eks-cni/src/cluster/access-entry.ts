import { EksAccessEntry } from "@cdktf/provider-aws/lib/eks-access-entry";
import { EksAccessPolicyAssociation } from "@cdktf/provider-aws/lib/eks-access-policy-association";
import { ValidationError } from "@cluster-ipam/blueprint-core";
import { Construct } from "constructs";
import { partition } from "../partition";

/** EKS's own access policies, by the Kubernetes role they stand for. */
const POLICIES = {
  "cluster-admin": "AmazonEKSClusterAdminPolicy",
  admin: "AmazonEKSAdminPolicy",
  edit: "AmazonEKSEditPolicy",
  view: "AmazonEKSViewPolicy",
} as const;

/** Who may do what in a cluster. */
export interface Access {
  /** ARN of an IAM role or user, once in a cluster. */
  readonly principalArn: string;
  readonly policy: keyof typeof POLICIES;
  /** Namespaces the policy holds in, at least one; not with "cluster-admin". @default the whole cluster */
  readonly namespaces?: readonly string[];
}

export interface AccessEntryProps extends Access {
  readonly clusterName: string;
  /** AWS Region of the cluster. */
  readonly region: string;
}

/** An IAM principal's way into a cluster (authentication mode API: there is no aws-auth ConfigMap). */
export class AccessEntry extends Construct {
  readonly policy: EksAccessPolicyAssociation;

  /** @throws ValidationError on the ARN of a session, and on namespaces that EKS refuses or ignores */
  constructor(scope: Construct, id: string, props: AccessEntryProps) {
    super(scope, id);
    checkAccess(this, props);
    const entry = new EksAccessEntry(this, "entry", {
      clusterName: props.clusterName,
      principalArn: props.principalArn,
    });
    this.policy = new EksAccessPolicyAssociation(this, "policy", {
      clusterName: props.clusterName,
      principalArn: entry.principalArn,
      policyArn: `arn:${partition(props.region)}:eks::aws:cluster-access-policy/${POLICIES[props.policy]}`,
      accessScope:
        props.namespaces === undefined
          ? { type: "cluster" }
          : { type: "namespace", namespaces: [...props.namespaces] },
    });
  }
}

function checkAccess(where: Construct, { principalArn, policy, namespaces }: Access): void {
  if (!/^arn:aws(-us-gov)?:iam::\d{12}:(role|user)\/\S+$/.test(principalArn)) {
    throw new ValidationError(
      where,
      `principalArn ${principalArn} is no IAM role or user; use arn:aws:iam::<account>:role/<name>, not a session`,
    );
  }
  if (namespaces?.length === 0) {
    throw new ValidationError(
      where,
      "namespaces is empty; name at least one or leave it out for the whole cluster",
    );
  }
  if (policy === "cluster-admin" && namespaces !== undefined) {
    throw new ValidationError(
      where,
      `cluster-admin holds in the whole cluster, not in ${namespaces.join(", ")}; use policy admin`,
    );
  }
}
