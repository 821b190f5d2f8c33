import {
  type AutoscalerConfig,
  DEFAULT_POLICY,
  DEFAULT_QUOTAS,
  type Eks,
  reconcile,
  type ScalingPolicy,
  sdkEc2,
} from "@cluster-ipam/subnet-autoscaler/runtime";
import { ec2Client } from "../ec2-client";
import { WarmProcess } from "../warm-process";
import { CLUSTER, REGION, type Send, SHARED_SPACE, type SimulatedVpc, ZONES } from "./simulated-vpc";

/** Input of {@link SimulatedAutoscaler}. */
export interface SimulatedAutoscalerProps {
  readonly send: Send;
  readonly eks: Eks;
  readonly vpc: SimulatedVpc;
  /** Growth CIDRs, those attached on day 0 first. */
  readonly cidrs: readonly string[];
  /** Growth CIDRs that the autoscaler attaches. */
  readonly attachCidrs: readonly string[];
  /** Time of the cloud, epoch milliseconds. */
  readonly now: () => number;
  /** Changes to the default policy. @default none */
  readonly policy?: Partial<ScalingPolicy>;
  /** The VPC's quota of IPv4 CIDRs. @default that of a new account, 5 */
  readonly cidrsPerVpc?: number;
}

/** The autoscaler's function, warm between its runs. */
export class SimulatedAutoscaler {
  private readonly process = new WarmProcess();
  private readonly config: AutoscalerConfig;

  constructor(private readonly props: SimulatedAutoscalerProps) {
    const { vpc, cidrs, attachCidrs, policy, cidrsPerVpc = DEFAULT_QUOTAS.cidrsPerVpc } = props;
    const { sharedPoolId } = vpc;
    this.config = {
      cluster: CLUSTER,
      region: REGION,
      vpcId: vpc.vpcId,
      growthPools: {
        ipamPoolId: vpc.poolId,
        cidrs,
        attachCidrs,
        ...(sharedPoolId !== undefined && { shared: { ipamPoolId: sharedPoolId, cidrs: [SHARED_SPACE] } }),
      },
      zones: ZONES.map((zone) => ({ zone })),
      policy: { ...DEFAULT_POLICY, ...policy },
      quotas: { ...DEFAULT_QUOTAS, cidrsPerVpc },
      mode: "act",
      metricNamespace: "SubnetAutoscaler",
    };
  }

  /** Runs once. @returns the changes made: `create 100.65.0.0/22`, … */
  async run(): Promise<readonly string[]> {
    const { send, eks, now } = this.props;
    const { steps } = await reconcile({
      ec2: sdkEc2(ec2Client(send)),
      eks,
      config: this.config,
      clock: { now, sleep: async () => undefined },
      reporter: { log: () => undefined, publish: async () => undefined },
      history: this.process.history,
      memory: this.process.memory,
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
