/**
 * Trust policy of a role that an AWS service assumes.
 *
 * @param service first part of the service's principal: `lambda`
 * @param accountId the only account for which the service may assume it, where the service says for whom
 */
export function serviceTrust(service: string, accountId?: string): string {
  return JSON.stringify({
    Version: "2012-10-17",
    Statement: [
      {
        Effect: "Allow",
        Principal: { Service: `${service}.amazonaws.com` },
        Action: ["sts:AssumeRole"],
        ...(accountId !== undefined && { Condition: { StringEquals: { "aws:SourceAccount": accountId } } }),
      },
    ],
  });
}
