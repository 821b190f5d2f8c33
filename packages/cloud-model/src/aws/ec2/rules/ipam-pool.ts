import { type CreateIpamPoolRequest } from "@aws-sdk/client-ec2";
import { type RequestContext } from "../../../request-context";
import { ServiceError } from "../../../service-error";
import { ipams } from "../documents/ipam";
import { type IpamPool, ipamPools } from "../documents/ipam-pool";
import { type IpamScope, ipamScopes } from "../documents/ipam-scope";
import { invalidCombination, invalidValue, needsAdvanced } from "../documents/refusals";
import { vpcs } from "../documents/vpc";

/** Source: Amazon VPC IPAM quotas. */
const poolsPerScope = 50;

const maxPoolDepth = 10;

/** The members of a pool that follow from its scope and source. */
type TreePlace = Pick<
  IpamPool,
  "IpamId" | "IpamScopeId" | "IpamScopeType" | "SourceIpamPoolId" | "PoolDepth"
>;

/**
 * Finds the place of a new pool in its scope.
 *
 * @throws ServiceError if the scope or the source does not exist, is full or does not fit the pool
 */
export function placeInTree(context: RequestContext, input: CreateIpamPoolRequest): TreePlace {
  const scope = ipamScopes.get(context, input.IpamScopeId);
  checkRoom(context, scope);
  const source = input.SourceIpamPoolId ? ipamPools.get(context, input.SourceIpamPoolId) : undefined;
  if (source) checkSource(source, scope, input);
  return {
    IpamId: scope.IpamId,
    IpamScopeId: scope.IpamScopeId,
    IpamScopeType: scope.IpamScopeType,
    SourceIpamPoolId: source?.IpamPoolId,
    PoolDepth: (source?.PoolDepth ?? 0) + 1,
  };
}

function checkRoom({ transaction }: RequestContext, { IpamScopeId }: IpamScope): void {
  if (transaction.filter(ipamPools, (pool) => pool.IpamScopeId === IpamScopeId).length >= poolsPerScope)
    throw new ServiceError(
      "ResourceLimitExceeded",
      "The maximum number of pools per scope has been reached.",
    );
}

function checkSource(source: IpamPool, scope: IpamScope, input: CreateIpamPoolRequest): void {
  if (source.IpamScopeId !== scope.IpamScopeId)
    throw invalidValue(`The source pool ${source.IpamPoolId} is not in the scope ${scope.IpamScopeId}.`);
  if (source.AddressFamily !== input.AddressFamily)
    throw invalidValue(
      `The address family ${input.AddressFamily} is not that of the source pool, ${source.AddressFamily}.`,
    );
  if (source.Locale !== "None" && source.Locale !== input.Locale)
    throw invalidValue(
      `The locale ${input.Locale ?? "None"} is not that of the source pool ${source.IpamPoolId}, ${source.Locale}.`,
    );
  if (source.PoolDepth >= maxPoolDepth)
    throw new ServiceError("ResourceLimitExceeded", "The maximum pool depth has been reached.");
  if (source.SourceResource)
    throw invalidValue(`The pool ${source.IpamPoolId} is a resource planning pool and cannot be a source.`);
}

/** Checks the settings of a pool. @throws ServiceError `InvalidParameterValue` */
export function checkPool(context: RequestContext, pool: IpamPool): void {
  const { OperatingRegions = [], Tier } = context.transaction.get(ipams, pool.IpamId) ?? {};
  if (Tier === "free" && pool.IpamScopeType === "private") throw needsAdvanced("A pool in a private scope");
  if (pool.PubliclyAdvertisable !== undefined && pool.AddressFamily === "ipv4")
    throw invalidCombination("The parameter PubliclyAdvertisable is only for IPv6 pools.");
  if (pool.Locale !== "None" && !OperatingRegions.includes(pool.Locale))
    throw invalidValue(
      `The locale ${pool.Locale} is not an operating Region of the IPAM ${pool.IpamId}: ${OperatingRegions.join(", ")}.`,
    );
  checkLengths(pool);
  const resource = pool.SourceResource;
  if (!resource) return;
  const vpc = context.transaction.get(vpcs, resource.ResourceId);
  if (!vpc || vpc.OwnerId !== resource.ResourceOwner || vpc.Region !== resource.ResourceRegion)
    throw vpcs.notFound(resource.ResourceId);
  if (pool.Locale !== vpc.Region)
    throw invalidValue(`The locale ${pool.Locale} is not the Region of the VPC ${vpc.VpcId}, ${vpc.Region}.`);
}

function checkLengths(pool: IpamPool): void {
  const {
    AllocationMinNetmaskLength: fewest,
    AllocationMaxNetmaskLength: most,
    AllocationDefaultNetmaskLength: usual,
  } = pool;
  const longest = pool.AddressFamily === "ipv4" ? 32 : 128;
  for (const length of [fewest, most, usual])
    if (length !== undefined && (length < 0 || length > longest))
      throw invalidValue(
        `Value (${length}) for a netmask length is invalid: it must be from 0 to ${longest}.`,
      );
  if ((fewest ?? 0) > (most ?? longest))
    throw invalidValue(
      `The minimum netmask length ${fewest} must not be greater than the maximum netmask length ${most}.`,
    );
  if (usual !== undefined && (usual < (fewest ?? 0) || usual > (most ?? longest)))
    throw invalidValue(
      `The default netmask length ${usual} must be from the minimum ${fewest ?? 0} to the maximum ${most ?? longest}.`,
    );
}
