import { AssumeRoleCommand, type STSClient } from "@aws-sdk/client-sts";

import { callAws } from "./aws-call";
import { type Clock } from "./clock";

/** Temporary credentials, as the SDK's clients take them. */
export interface TemporaryCredentials {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken: string;
  readonly expiration: Date;
}

/** Lifetime of a session: what a role may give to a role, at most. Source: IAM user guide, "Role chaining". */
const SESSION_SECONDS = 3600;
/** A session is renewed this long before it ends, so that no run ends with an expired one. */
const RENEWED_BEFORE = 5 * 60_000;

/**
 * Credentials of a role, which are renewed in time.
 *
 * @param sessionName as CloudTrail shows it
 * @throws ApiError, of the returned function, when the role cannot be assumed
 */
export function assumedRole(
  sts: STSClient,
  { roleArn, sessionName, clock }: { roleArn: string; sessionName: string; clock: Clock },
): () => Promise<TemporaryCredentials> {
  let current: TemporaryCredentials | undefined;
  return async () => {
    if (current !== undefined && current.expiration.getTime() - clock.now() > RENEWED_BEFORE) return current;
    const { Credentials } = await callAws("sts:AssumeRole", () =>
      sts.send(
        new AssumeRoleCommand({
          RoleArn: roleArn,
          RoleSessionName: sessionName.slice(0, 64),
          DurationSeconds: SESSION_SECONDS,
        }),
      ),
    );
    current = {
      accessKeyId: Credentials!.AccessKeyId!,
      secretAccessKey: Credentials!.SecretAccessKey!,
      sessionToken: Credentials!.SessionToken!,
      expiration: Credentials!.Expiration!,
    };
    return current;
  };
}
