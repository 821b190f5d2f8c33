import {
  type AutoscalerConfig,
  DEFAULT_POLICY,
  DEFAULT_QUOTAS,
  type ScalingPolicy,
} from "@cluster-ipam/subnet-autoscaler/runtime";
import { CLUSTER, REGION, SHARED_SPACE, type SimulatedVpc, ZONES } from "./simulated-vpc";

/** Input of {@link autoscalerConfig}. */
export interface AutoscalerConfigProps {
  readonly vpc: SimulatedVpc;
  /** Growth CIDRs, those attached on day 0 first. */
  readonly cidrs: readonly string[];
  /** Growth CIDRs that the autoscaler attaches. */
  readonly attachCidrs: readonly string[];
  /** Changes to the default policy. @default none */
  readonly policy?: Partial<ScalingPolicy>;
  /** The VPC's quota of IPv4 CIDRs. @default that of a new account, 5 */
  readonly cidrsPerVpc?: number;
}

/** The configuration of the autoscaler of a simulated VPC. */
export function autoscalerConfig(props: AutoscalerConfigProps): AutoscalerConfig {
  const { vpc, cidrs, attachCidrs, policy, cidrsPerVpc = DEFAULT_QUOTAS.cidrsPerVpc } = props;
  const { sharedPoolId } = vpc;
  return {
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
