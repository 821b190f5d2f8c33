/** How an AWS service may assume a role. */
export interface ServiceTrustOptions {
  /** STS actions that the service may call. @default sts:AssumeRole */
  readonly actions?: readonly string[];
  /** The only account for which the service may assume the role, 12 digits. @default any account */
  readonly accountId?: string;
}

/**
 * Returns the trust policy of a role that an AWS service assumes, as JSON.
 *
 * @param service the service principal without its domain, for example `lambda` or `pods.eks`
 */
export function serviceTrust(service: string, options: ServiceTrustOptions = {}): string {
  const { actions = ["sts:AssumeRole"], accountId } = options;
  return JSON.stringify({
    Version: "2012-10-17",
    Statement: [
      {
        Effect: "Allow",
        Principal: { Service: `${service}.amazonaws.com` },
        Action: actions,
        ...(accountId !== undefined && { Condition: { StringEquals: { "aws:SourceAccount": accountId } } }),
      },
    ],
  });
}
