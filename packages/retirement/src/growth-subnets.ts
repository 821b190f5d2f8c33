import { EC2Client } from "@aws-sdk/client-ec2";
import {
  attachedCidrs,
  type AttachedCidrsProps,
  AutoscalerError,
  drain,
  type DrainResult,
  growthSubnets,
  type GrowthSubnetsProps,
  sdkEc2,
} from "@cluster-ipam/subnet-autoscaler/runtime";
import { RetirementError } from "./retirement-error";

/** Subnets that the autoscaler created for a cluster, and CIDRs that it attached. No Terraform state has them. */
export interface GrowthSubnets extends Omit<GrowthSubnetsProps & AttachedCidrsProps, "ec2"> {
  readonly region: string;
}

/** The CIDRs of the growth subnets that exist. @throws RetirementError if AWS refuses */
export function listGrowthSubnets({ region, ...selection }: GrowthSubnets): Promise<readonly string[]> {
  return withEc2(region, selection.clusterName, async (ec2) =>
    (await growthSubnets({ ec2, ...selection })).map(({ cidr }) => cidr),
  );
}

/** The CIDRs that the autoscaler attached to the VPC. @throws RetirementError if AWS refuses */
export function listAttachedCidrs({ region, ...selection }: GrowthSubnets): Promise<readonly string[]> {
  return withEc2(region, selection.clusterName, async (ec2) =>
    (await attachedCidrs({ ec2, ...selection })).map(({ cidr }) => cidr),
  );
}

/** Closes growth subnets, deletes those without network interfaces, and detaches what is empty then. @throws RetirementError if AWS refuses */
export function drainGrowthSubnets({ region, ...selection }: GrowthSubnets): Promise<DrainResult> {
  return withEc2(region, selection.clusterName, (ec2) => drain({ ec2, ...selection, now: Date.now() }));
}

async function withEc2<T>(
  region: string,
  cluster: string,
  use: (ec2: GrowthSubnetsProps["ec2"]) => Promise<T>,
): Promise<T> {
  const client = new EC2Client({ region });
  try {
    return await use(sdkEc2(client));
  } catch (error) {
    if (!(error instanceof AutoscalerError)) throw error;
    throw new RetirementError(`${cluster}: the growth subnets cannot be drained; ${error.message}`);
  } finally {
    client.destroy();
  }
}
