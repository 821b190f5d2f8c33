import {
  type CreateIpamRequest,
  type CreateIpamResult,
  type DeleteIpamRequest,
  type DeleteIpamResult,
  type DescribeIpamsRequest,
  type DescribeIpamsResult,
  type Ipam as IpamShape,
  type IpamMeteredAccount,
  type IpamTier,
  type ModifyIpamRequest,
  type ModifyIpamResult,
} from "@aws-sdk/client-ec2";
import { ServiceError } from "../../service-error";
import { Ec2Kind } from "./ec2-kind";
import { ipamPools, removePool } from "./ipam-pool";
import { ipamScopes, makeScope, scopesOf } from "./ipam-scope";
import { list, type Listing } from "./listing";
import { invalidValue } from "./refusals";
import { type Ec2Scene, ipamArn, locationOf, type Located } from "./scene";
import { addTags, removeTags, tagsFor, tagsOf } from "./tags";

/** An IPAM. `Region` is its home Region. */
export interface Ipam extends Located {
  readonly IpamId: string;
  readonly PrivateDefaultScopeId: string;
  readonly PublicDefaultScopeId: string;
  readonly DefaultResourceDiscoveryId: string;
  readonly DefaultResourceDiscoveryAssociationId: string;
  readonly Description?: string | undefined;
  readonly OperatingRegions: readonly string[];
  readonly Tier: IpamTier;
  readonly EnablePrivateGua: boolean;
  readonly MeteredAccount: IpamMeteredAccount;
}

/** All IPAMs. */
export const ipams = new Ec2Kind<Ipam>("ipam", "ipam", ["InvalidIpamId.NotFound", "ipam ID"]);

/** Creates an IPAM with its two default scopes; one per account and Region, which is no raisable quota. */
export function createIpam(scene: Ec2Scene, input: CreateIpamRequest): CreateIpamResult {
  if (ipams.all(scene).length > 0)
    throw new ServiceError("ResourceLimitExceeded", "The maximum number of IPAMs has been reached.");
  const IpamId = ipams.newId(scene);
  const regions = (input.OperatingRegions ?? []).flatMap(({ RegionName }) => RegionName ?? []);
  const ipam: Ipam = {
    ...locationOf(scene),
    IpamId,
    PrivateDefaultScopeId: makeScope(scene, IpamId, "private", { IsDefault: true }).IpamScopeId,
    PublicDefaultScopeId: makeScope(scene, IpamId, "public", { IsDefault: true }).IpamScopeId,
    DefaultResourceDiscoveryId: `ipam-res-disco-${scene.transaction.hex(17)}`,
    DefaultResourceDiscoveryAssociationId: `ipam-res-disco-assoc-${scene.transaction.hex(17)}`,
    Description: input.Description,
    OperatingRegions: [...new Set([scene.place.region, ...regions])],
    Tier: input.Tier ?? "advanced",
    EnablePrivateGua: input.EnablePrivateGua ?? false,
    MeteredAccount: input.MeteredAccount ?? "ipam-owner",
  };
  scene.transaction.put(ipams, IpamId, ipam);
  addTags(scene, IpamId, "ipam", tagsFor("ipam", input.TagSpecifications));
  return { Ipam: shown(scene, ipam) };
}

/** Changes description, tier and operating Regions; a Region in which a pool has its locale cannot go. */
export function modifyIpam(scene: Ec2Scene, input: ModifyIpamRequest): ModifyIpamResult {
  const before = ipams.get(scene, input.IpamId);
  const removed = (input.RemoveOperatingRegions ?? []).flatMap(({ RegionName }) => RegionName ?? []);
  const added = (input.AddOperatingRegions ?? []).flatMap(({ RegionName }) => RegionName ?? []);
  const used = poolsOf(scene, before).find(({ Locale }) => removed.includes(Locale));
  if (removed.includes(before.Region))
    throw invalidValue(`The home Region ${before.Region} cannot be removed from the operating Regions.`);
  if (used)
    throw new ServiceError(
      "DependencyViolation",
      `The specified action is not valid for ${before.IpamId}. The pool ${used.IpamPoolId} has the locale ${used.Locale}.`,
    );
  const ipam: Ipam = {
    ...before,
    Description: input.Description ?? before.Description,
    OperatingRegions: [
      ...new Set([...before.OperatingRegions.filter((region) => !removed.includes(region)), ...added]),
    ],
    Tier: input.Tier ?? before.Tier,
    EnablePrivateGua: input.EnablePrivateGua ?? before.EnablePrivateGua,
    MeteredAccount: input.MeteredAccount ?? before.MeteredAccount,
  };
  scene.transaction.put(ipams, ipam.IpamId, ipam);
  return { Ipam: shown(scene, ipam) };
}

/** Deletes an IPAM; with `Cascade`, also its pools, their CIDRs and allocations, and its scopes. */
export function deleteIpam(scene: Ec2Scene, { IpamId, Cascade }: DeleteIpamRequest): DeleteIpamResult {
  const ipam = ipams.get(scene, IpamId);
  const scopes = scopesOf(scene, ipam.IpamId);
  const pools = poolsOf(scene, ipam);
  if (!Cascade && (pools.length > 0 || scopes.some(({ IsDefault }) => !IsDefault)))
    throw new ServiceError(
      "DependencyViolation",
      `The specified action is not valid for ${ipam.IpamId}. There are one or more ${pools.length > 0 ? "pools" : "scopes"} in the IPAM.`,
    );
  for (const pool of pools) removePool(scene, pool);
  for (const { IpamScopeId } of scopes) {
    scene.transaction.remove(ipamScopes, IpamScopeId);
    removeTags(scene, IpamScopeId);
  }
  const answer = shown(scene, ipam);
  scene.transaction.remove(ipams, ipam.IpamId);
  removeTags(scene, ipam.IpamId);
  return { Ipam: { ...answer, State: "delete-complete" } };
}

/** Lists the account's IPAMs, from any of their operating Regions. */
export function describeIpams(scene: Ec2Scene, input: DescribeIpamsRequest): DescribeIpamsResult {
  const visible = scene.transaction.filter(
    ipams,
    ({ OwnerId, OperatingRegions }) =>
      OwnerId === scene.place.owner && OperatingRegions.includes(scene.place.region),
  );
  const { documents, NextToken } = list(scene, visible, listing, input, input.IpamIds);
  return { Ipams: documents.map((ipam) => shown(scene, ipam)), NextToken };
}

const poolsOf = ({ transaction }: Ec2Scene, { IpamId }: Ipam) =>
  transaction.filter(ipamPools, (pool) => pool.IpamId === IpamId);

const listing: Listing<Ipam> = {
  idOf: ({ IpamId }) => IpamId,
  missing: (id) => ipams.notFound(id),
  filters: {
    "ipam-id": ({ IpamId }) => IpamId,
    "ipam-region": ({ Region }) => Region,
    "owner-id": ({ OwnerId }) => OwnerId,
    description: ({ Description }) => Description,
    state: () => "create-complete",
    tier: ({ Tier }) => Tier,
  },
};

function shown(scene: Ec2Scene, { Region, OperatingRegions, ...ipam }: Ipam): IpamShape {
  return {
    ...ipam,
    IpamArn: ipamArn({ OwnerId: ipam.OwnerId, Region }, `ipam/${ipam.IpamId}`),
    IpamRegion: Region,
    OperatingRegions: OperatingRegions.map((RegionName) => ({ RegionName })),
    ResourceDiscoveryAssociationCount: 1,
    ScopeCount: scopesOf(scene, ipam.IpamId).length,
    State: "create-complete",
    Tags: tagsOf(scene.transaction, ipam.IpamId),
  };
}
