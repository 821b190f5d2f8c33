import {
  type AddressFamily,
  type IpamPoolAwsService,
  type IpamPoolPublicIpSource,
  type IpamScopeType,
} from "@aws-sdk/client-ec2";
import { type RequestContext } from "../../../request-context";
import { isSharedWith } from "../../ram/documents/resource-share";
import { Ec2Kind } from "./ec2-kind";
import { ipamArn, type Located } from "./located";

/** The VPC whose subnets a resource planning pool allocates to. */
export interface SourceResource {
  readonly ResourceId: string;
  readonly ResourceOwner: string;
  readonly ResourceRegion: string;
  readonly ResourceType: "vpc";
}

/** A pool of an IPAM. `Region` is the IPAM's home Region. */
export interface IpamPool extends Located {
  readonly IpamPoolId: string;
  readonly IpamId: string;
  readonly IpamScopeId: string;
  readonly IpamScopeType: IpamScopeType;
  readonly SourceIpamPoolId?: string | undefined;
  /** The Region in which the pool allocates, or `None`. */
  readonly Locale: string;
  /** 1 for a top-level pool. */
  readonly PoolDepth: number;
  readonly Description?: string | undefined;
  readonly AddressFamily: AddressFamily;
  readonly AutoImport: boolean;
  readonly AllocationMinNetmaskLength?: number | undefined;
  readonly AllocationMaxNetmaskLength?: number | undefined;
  readonly AllocationDefaultNetmaskLength?: number | undefined;
  /** Tags that a resource must have to get addresses from the pool, by key. */
  readonly AllocationResourceTags: Readonly<Record<string, string>>;
  readonly PubliclyAdvertisable?: boolean | undefined;
  readonly AwsService?: IpamPoolAwsService | undefined;
  readonly PublicIpSource?: IpamPoolPublicIpSource | undefined;
  /** Whether the last change was a modification, as its state says. */
  readonly IsModified?: boolean | undefined;
  /** Set on resource planning pools. */
  readonly SourceResource?: SourceResource | undefined;
}

/** All pools. */
export const ipamPools = new Ec2Kind<IpamPool>("ipam-pool", "ipam-pool", [
  "InvalidIpamPoolId.NotFound",
  "ipam-pool ID",
]);

/** The pools that the caller can see: its own and shared ones, in the IPAM's home Region and in their locale. */
export const visiblePools = ({ transaction, caller }: RequestContext): readonly IpamPool[] =>
  transaction.filter(
    ipamPools,
    (pool) =>
      (pool.Region === caller.region || pool.Locale === caller.region) &&
      (pool.OwnerId === caller.owner || isSharedWith(transaction, arnOfPool(pool), caller.owner)),
  );

/** The pool of that id. @throws ServiceError if the caller cannot see it */
export function visiblePool(context: RequestContext, id: string | undefined): IpamPool {
  const pool = visiblePools(context).find(({ IpamPoolId }) => IpamPoolId === id);
  if (!pool) throw ipamPools.notFound(id ?? "");
  return pool;
}

export const arnOfPool = (pool: IpamPool): string => ipamArn(pool, `ipam-pool/${pool.IpamPoolId}`);
