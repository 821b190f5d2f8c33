/**
 * Trust policy of a role for an AWS service.
 *
 * @param service first part of the service principal, for example `lambda`
 * @param accountId account for which the service may assume the role, if the service sends `aws:SourceAccount`
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
