import { kmsKeyArn, type KmsKeyOption } from "@cluster-ipam/blueprint-core/aws";
import { type Construct } from "constructs";

/** What security teams ask of a function, beyond what is always so. */
export interface FunctionHardening {
  /** Key that encrypts the function's log and environment, and its schedule. @default keys that AWS owns */
  readonly kmsKey?: KmsKeyOption;
  /** Whether X-Ray traces the runs of the function, at X-Ray's price per trace. @default false */
  readonly tracing?: boolean;
  /**
   * ARN of a Lambda code signing configuration. Lambda then takes only code that one of its publishers signed: sign what
   * `subnet-autoscaler` builds in the pipeline that deploys it.
   * @default none: the plan shows the hash of the code
   */
  readonly codeSigningConfigArn?: string;
}

/** A function, as its key knows it. */
export interface EncryptedFunction {
  readonly name: string;
  readonly region: string;
  readonly accountId: string;
  readonly logGroupName: string;
}

/** The hardening as the function's resources take it. Undefined values are AWS's defaults. */
export interface AppliedHardening {
  readonly kmsKeyArn: string | undefined;
  readonly tracing: boolean;
  readonly codeSigningConfigArn: string | undefined;
}

/** Creates the key of a function, if it gets one of its own. */
export function applyHardening(
  scope: Construct,
  { kmsKey, tracing = false, codeSigningConfigArn }: FunctionHardening,
  { name, region, accountId, logGroupName }: EncryptedFunction,
): AppliedHardening {
  const keyArn = kmsKeyArn(scope, "key", kmsKey, {
    name,
    description: `Log, environment and schedule of ${name}`,
    region,
    accountId,
    logGroups: [logGroupName],
    // Nothing is lost with it: another one encrypts what the function writes from then on.
    deletionProtection: false,
  });
  return { kmsKeyArn: keyArn, tracing, codeSigningConfigArn };
}
