/** A check of the scanner that an environment does not pass, and why that is right. Reviewed by a person. */
export interface Exception {
  readonly check: string;
  /** Terraform type of the resources to which the exception applies. */
  readonly type: string;
  /** One or two sentences for a security reviewer. */
  readonly reason: string;
}

/** The exceptions of `apps/prod`, by check. */
export const exceptions: readonly Exception[] = [
  {
    check: "CKV_AWS_116",
    type: "aws_lambda_function",
    reason:
      "The function has an on-failure destination, an SQS queue that keeps failed runs for 14 days with their error, which a dead-letter queue lacks. With both, each failure would arrive twice.",
  },
  {
    check: "CKV_AWS_117",
    type: "aws_lambda_function",
    reason:
      "The subnet autoscaler calls AWS APIs only, and must work when the cluster's VPC has no free addresses or no egress. In the VPC, it would depend on what it repairs.",
  },
  {
    check: "CKV_AWS_272",
    type: "aws_lambda_function",
    reason:
      "Whose signature counts, only the organization that deploys can say: `codeSigningConfigArn` takes its code signing configuration. Without one, the code is built from the commit that is deployed, and the plan shows its hash.",
  },
  {
    check: "CKV_GCP_12",
    type: "google_container_cluster",
    reason:
      "False: the check asks for the Calico add-on. Dataplane V2, which the cluster has, enforces network policies itself, and GKE refuses the add-on with it.",
  },
  {
    check: "CKV_GCP_13",
    type: "google_container_cluster",
    reason:
      "False: since GKE 1.12 a cluster has no client certificate unless one is asked for. The argument forces replacement, so to write its default down can replace clusters that were created without it.",
  },
  {
    check: "CKV_GCP_69",
    type: "google_container_cluster",
    reason:
      "False: the check reads the cluster's default node pool, which is removed. Each node pool is a resource of its own and runs the GKE metadata server (`GKE_METADATA`), whose check, of the node pools, passes.",
  },
];
