import { type Ec2Command } from "@cluster-ipam/cloud-model/endpoint";

/** Calls EC2 with a command of the AWS SDK. */
export type Send = <Output extends object>(command: Ec2Command) => Promise<Output>;

/** What a {@link SimulatedCluster} needs of its network. */
export interface SimulatedNetwork {
  readonly vpcId: string;
  /** Subnets for the first interface of the nodes in a zone. */
  nodeSubnetsOf(zone: string): readonly string[];
}
