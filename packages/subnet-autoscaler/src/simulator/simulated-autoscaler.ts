import { type AutoscalerConfig } from "../runtime/config/config";
import { sdkEc2 } from "../runtime/cloud/sdk-ec2";
import { type Eks } from "../runtime/cloud/eks";
import { CloudMemory } from "../runtime/cloud/cloud-memory";
import { History } from "../runtime/observe/history";
import { reconcile } from "../runtime/reconcile";
import { ec2Client } from "./direct-ec2-client";
import { type Send } from "./simulated-network";

/** Input of {@link SimulatedAutoscaler}. */
export interface SimulatedAutoscalerProps {
  readonly send: Send;
  readonly eks: Eks;
  readonly config: AutoscalerConfig;
  /** Time of the cloud, epoch milliseconds. */
  readonly now: () => number;
}

/** The autoscaler's function, warm between its runs. */
export class SimulatedAutoscaler {
  private readonly history = new History();
  private readonly memory = new CloudMemory();

  constructor(private readonly props: SimulatedAutoscalerProps) {}

  /** Runs once. @returns the changes made: `create 100.65.0.0/22`, … */
  async run(): Promise<readonly string[]> {
    const { send, eks, config, now } = this.props;
    const { steps } = await reconcile({
      ec2: sdkEc2(ec2Client(send)),
      eks,
      config,
      clock: { now, sleep: async () => undefined },
      reporter: { log: () => undefined, publish: async () => undefined },
      history: this.history,
      memory: this.memory,
    });
    return steps.flatMap(({ decision, result }) =>
      result?.status === "done"
        ? [`${decision.action} ${"cidr" in decision ? decision.cidr : ""}`.trim()]
        : [],
    );
  }
}

/** An EKS with one cluster that uses prefix delegation. */
export const prefixDelegationEks = (vpcId: string): Eks => ({
  clusterVpc: async () => vpcId,
  subnetUsers: async () => [],
  cniAddon: async () => ({
    version: "v1.23.1",
    configuration: JSON.stringify({ env: { ENABLE_PREFIX_DELEGATION: "true" } }),
  }),
});
