import { CloudwatchLogGroup } from "@cdktf/provider-aws/lib/cloudwatch-log-group";
import { FlowLog } from "@cdktf/provider-aws/lib/flow-log";
import { IamRole } from "@cdktf/provider-aws/lib/iam-role";
import { IamRolePolicy } from "@cdktf/provider-aws/lib/iam-role-policy";
import { type Vpc } from "@cdktf/provider-aws/lib/vpc";
import { type EksClusterAddresses } from "@cluster-ipam/address-plan";
import { kmsKeyArn, type KmsKeyOption, serviceTrust } from "@cluster-ipam/blueprint-core/aws";
import { Construct } from "constructs";

/** Options of a VPC's flow logs. */
export interface FlowLogOptions {
  /** Retention in days; a period that CloudWatch supports. @default 90 */
  readonly retentionDays?: number;
  /** Key that encrypts the log group. @default CloudWatch's own */
  readonly kmsKey?: KmsKeyOption;
}

/** Props of {@link FlowLogs}. */
export interface FlowLogsProps extends FlowLogOptions {
  readonly addresses: EksClusterAddresses;
  readonly vpc: Vpc;
  /** AWS account of the VPC, 12 digits. @default that of the credentials */
  readonly accountId?: string | undefined;
  /** Whether Terraform refuses to destroy a key that it creates. */
  readonly deletionProtection: boolean;
}

/**
 * The accepted and rejected connections of a VPC, in CloudWatch Logs. A record spans ten minutes, which makes the fewest
 * records to pay for. Source of the role: VPC user guide, "IAM role for publishing flow logs to CloudWatch Logs".
 */
export class FlowLogs extends Construct {
  constructor(scope: Construct, id: string, props: FlowLogsProps) {
    super(scope, id);
    const { addresses, vpc, accountId, deletionProtection } = props;
    const { name, region } = addresses;
    const logGroupName = `/aws/vpc/${name}/flow-logs`;
    const logs = new CloudwatchLogGroup(this, "logs", {
      name: logGroupName,
      retentionInDays: props.retentionDays ?? 90,
      kmsKeyId: kmsKeyArn(this, "key", props.kmsKey, {
        name: `${name}-flow-logs`,
        description: `Flow logs of ${name}`,
        region,
        accountId,
        logGroups: [logGroupName],
        deletionProtection,
      }),
    });
    const role = new IamRole(this, "role", {
      name: `${name}-flow-logs`,
      description: `Writes the flow logs of ${name}`,
      assumeRolePolicy: serviceTrust("vpc-flow-logs", { accountId }),
    });
    const policy = new IamRolePolicy(this, "policy", {
      name: "write",
      role: role.name,
      policy: JSON.stringify({
        Version: "2012-10-17",
        Statement: [
          {
            Effect: "Allow",
            Action: ["logs:CreateLogStream", "logs:DescribeLogStreams", "logs:PutLogEvents"],
            Resource: `${logs.arn}:*`,
          },
        ],
      }),
    });
    new FlowLog(this, "flow-log", {
      vpcId: vpc.id,
      trafficType: "ALL",
      maxAggregationInterval: 600,
      logDestinationType: "cloud-watch-logs",
      logDestination: logs.arn,
      iamRoleArn: role.arn,
      tags: { Name: name },
      dependsOn: [policy],
    });
  }
}
