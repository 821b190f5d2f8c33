/** What one autoscaler does, and for which cluster: the JSON in the environment variable {@link CONFIG_VARIABLE}. */
export interface AutoscalerConfig {
  readonly cluster: string;
  readonly region: string;
  readonly vpcId: string;
  readonly growthPools: readonly { readonly ipamPoolId?: string; readonly cidrs: readonly string[] }[];
  readonly zones: readonly { readonly zone: string; readonly referenceSubnetId?: string }[];
  readonly policy: AutoscalerPolicy;
  readonly mode: "act" | "dry-run" | "approve";
  readonly eventBusName?: string;
  readonly metricNamespace: string;
}

export interface AutoscalerPolicy {
  readonly leadTimeMinutes: number;
  readonly floor: number;
  readonly netmaskLengths: readonly number[];
  readonly maxSubnets: number;
  readonly coolDownMinutes: number;
  readonly budgets: { readonly subnetsPerDay: number };
  readonly reclaim?: { readonly emptyMinutes: number; readonly quarantineMinutes: number };
}
