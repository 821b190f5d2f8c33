import { Ec2Kind } from "../ec2-kind";
import { type Located } from "../located";

/** An Elastic IP address. */
export interface ElasticIp extends Located {
  readonly AllocationId: string;
  readonly PublicIp: string;
}

/** All Elastic IP addresses. */
export const elasticIps = new Ec2Kind<ElasticIp>("elastic-ip", "eipalloc", [
  "InvalidAllocationID.NotFound",
  "allocation ID",
]);
