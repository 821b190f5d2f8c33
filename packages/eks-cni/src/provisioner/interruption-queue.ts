import { CloudwatchEventRule } from "@cdktf/provider-aws/lib/cloudwatch-event-rule";
import { CloudwatchEventTarget } from "@cdktf/provider-aws/lib/cloudwatch-event-target";
import { SqsQueue } from "@cdktf/provider-aws/lib/sqs-queue";
import { SqsQueuePolicy } from "@cdktf/provider-aws/lib/sqs-queue-policy";
import { awsPartition, type EksClusterAddresses } from "@cluster-ipam/address-plan";
import { Construct } from "constructs";

/** Events after which Karpenter replaces a node (Karpenter: "Disruption", Interruption), by the name of their rule. */
const EVENTS = {
  health: ["aws.health", "AWS Health Event"],
  "spot-interruption": ["aws.ec2", "EC2 Spot Instance Interruption Warning"],
  rebalance: ["aws.ec2", "EC2 Instance Rebalance Recommendation"],
  "state-change": ["aws.ec2", "EC2 Instance State-change Notification"],
} as const;

/** Karpenter reads at once; a message that waited longer says nothing new. */
const RETENTION_SECONDS = 300;

/** Props of an {@link InterruptionQueue}. */
export interface InterruptionQueueProps {
  readonly addresses: EksClusterAddresses;
  /** Name of the queue; the names of the rules start with it. At most 46 characters. */
  readonly name: string;
}

/** The queue that tells Karpenter which instances AWS is about to stop, and the rules of EventBridge that fill it. */
export class InterruptionQueue extends Construct {
  readonly queue: SqsQueue;
  readonly policy: SqsQueuePolicy;
  readonly rules: readonly CloudwatchEventRule[];
  readonly targets: readonly CloudwatchEventTarget[];

  constructor(scope: Construct, id: string, { addresses, name }: InterruptionQueueProps) {
    super(scope, id);
    const { name: cluster, region } = addresses;
    this.queue = new SqsQueue(this, "queue", {
      name,
      messageRetentionSeconds: RETENTION_SECONDS,
      sqsManagedSseEnabled: true,
    });
    this.policy = new SqsQueuePolicy(this, "policy", {
      queueUrl: this.queue.url,
      policy: queuePolicy(`arn:${awsPartition(region)}:events:${region}:*:rule/${name}-*`),
    });
    this.rules = Object.entries(EVENTS).map(
      ([event, [source, type]]) =>
        new CloudwatchEventRule(this, event, {
          name: `${name}-${event}`,
          description: `${type} for Karpenter of ${cluster}`,
          eventPattern: JSON.stringify({ source: [source], "detail-type": [type] }),
        }),
    );
    this.targets = this.rules.map(
      (rule) =>
        new CloudwatchEventTarget(this, `${rule.node.id}-target`, {
          rule: rule.name,
          targetId: "karpenter",
          arn: this.queue.arn,
        }),
    );
  }
}

/** In the policy of a queue, `*` is the queue. @param rules ARN of the rules that may send */
function queuePolicy(rules: string): string {
  return JSON.stringify({
    Version: "2012-10-17",
    Statement: [
      {
        Sid: "Events",
        Effect: "Allow",
        Principal: { Service: "events.amazonaws.com" },
        Action: "sqs:SendMessage",
        Resource: "*",
        Condition: { ArnLike: { "aws:SourceArn": rules } },
      },
      {
        Sid: "OnlyEncrypted",
        Effect: "Deny",
        Principal: "*",
        Action: "sqs:*",
        Resource: "*",
        Condition: { Bool: { "aws:SecureTransport": "false" } },
      },
    ],
  });
}
