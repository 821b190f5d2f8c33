import {
  type AutoscalerConfig,
  DEFAULT_POLICY,
  DEFAULT_QUOTAS,
  type Eks,
  History,
  type Policy,
  reconcile,
  sdkEc2,
} from "@cluster-ipam/subnet-autoscaler/runtime";
import { CLUSTER, REGION, type Send, type SimulatedVpc, ZONES } from "./simulated-vpc";

export interface SimulatedAutoscalerProps {
  readonly send: Send;
  readonly eks: Eks;
  readonly vpc: SimulatedVpc;
  /** Growth CIDRs, those of day 0 first. */
  readonly cidrs: readonly string[];
  /** Those that it attaches itself. */
  readonly attachCidrs: readonly string[];
  /** Epoch milliseconds by the cloud's clock. */
  readonly now: () => number;
  /** What differs from the default policy. @default nothing */
  readonly policy?: Partial<Policy>;
}

/** The autoscaler's function as it stays warm between its runs. */
export class SimulatedAutoscaler {
  private readonly history = new History();
  private readonly config: AutoscalerConfig;

  constructor(private readonly props: SimulatedAutoscalerProps) {
    const { vpc, cidrs, attachCidrs, policy } = props;
    this.config = {
      cluster: CLUSTER,
      region: REGION,
      vpcId: vpc.vpcId,
      growthPools: { ipamPoolId: vpc.poolId, cidrs, attachCidrs },
      zones: ZONES.map((zone) => ({ zone })),
      policy: { ...DEFAULT_POLICY, ...policy },
      quotas: DEFAULT_QUOTAS,
      mode: "act",
      metricNamespace: "SubnetAutoscaler",
    };
  }

  /** The run of a minute. @returns what it did: `create 100.65.0.0/22`, … */
  async run(): Promise<readonly string[]> {
    const { send, eks, now } = this.props;
    const { steps } = await reconcile({
      ec2: sdkEc2({ send } as never),
      eks,
      config: this.config,
      clock: { now, sleep: async () => undefined },
      report: { write: () => undefined, event: async () => undefined },
      history: this.history,
    });
    return steps.flatMap(({ decision, outcome }) =>
      outcome?.result === "done"
        ? [`${decision.action} ${"cidr" in decision ? decision.cidr : ""}`.trim()]
        : [],
    );
  }
}

/** EKS has the cluster with prefix delegation on. */
export const prefixDelegationEks = (vpcId: string): Eks => ({
  clusterVpc: async () => vpcId,
  cniAddon: async () => ({
    version: "v1.23.1",
    configuration: JSON.stringify({ env: { ENABLE_PREFIX_DELEGATION: "true" } }),
  }),
});
