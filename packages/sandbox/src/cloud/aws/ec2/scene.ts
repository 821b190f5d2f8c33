import { type Transaction } from "../../../store/transaction";
import { partitionOf } from "../../fill";
import { type Quotas } from "../../quotas";
import { type Place } from "../../resource-model";

/** What an EC2 operation works with: one transaction of the cloud, the caller's account and Region. */
export interface Ec2Scene {
  readonly transaction: Transaction;
  readonly place: Place;
  readonly quotas: Quotas;
}

/** Where a document of EC2 stands. */
export interface Located {
  /** Account id. */
  readonly OwnerId: string;
  readonly Region: string;
}

/** The caller's account and Region, for a document that is made there. */
export const locationOf = ({ place }: Ec2Scene): Located => ({ OwnerId: place.owner, Region: place.region });

/** The ARN of a regional resource of EC2; `subnet/subnet-…`. */
export const arnOf = ({ OwnerId, Region }: Located, resource: string): string =>
  `arn:${partitionOf(Region)}:ec2:${Region}:${OwnerId}:${resource}`;

/** The ARN of a resource of IPAM, which has no Region; `ipam-pool/ipam-pool-…`. */
export const ipamArn = ({ OwnerId, Region }: Located, resource: string): string =>
  `arn:${partitionOf(Region)}:ec2::${OwnerId}:${resource}`;
