import { awsPartition } from "@cluster-ipam/address-plan/cloud";
import { type RequestContext } from "../../../request-context";

/** The account and Region of an EC2 document. */
export interface Located {
  /** Account id. */
  readonly OwnerId: string;
  readonly Region: string;
}

/** The caller's account and Region, for a new document. */
export const locationOf = ({ caller }: RequestContext): Located => ({
  OwnerId: caller.owner,
  Region: caller.region,
});

/** The ARN of a regional resource of EC2; `subnet/subnet-…`. */
export const arnOf = ({ OwnerId, Region }: Located, resource: string): string =>
  `arn:${awsPartition(Region)}:ec2:${Region}:${OwnerId}:${resource}`;

/** The ARN of a resource of IPAM, which has no Region; `ipam-pool/ipam-pool-…`. */
export const ipamArn = ({ OwnerId, Region }: Located, resource: string): string =>
  `arn:${awsPartition(Region)}:ec2::${OwnerId}:${resource}`;
