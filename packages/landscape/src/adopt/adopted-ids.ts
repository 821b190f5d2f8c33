import { type Candidate } from "./candidate";

/** The ids with which a stack imports an existing network. Sorted, so that the same network gives the same file. */
export interface AdoptedIds {
  /** AWS account. */
  readonly accountId: string;
  readonly vpcId: string;
  /** Ids of subnets by CIDR. */
  readonly subnets: Readonly<Record<string, string>>;
  /** Ids of the associations of secondary CIDRs by CIDR. */
  readonly cidrs: Readonly<Record<string, string>>;
  /** Route tables of new subnets by zone. */
  readonly routeTables: Readonly<Record<string, string>>;
  /** The tags of the VPC and of subnets, by id. */
  readonly tags: Readonly<Record<string, Readonly<Record<string, string>>>>;
}

/** The ids of the adopted networks on AWS, by environment, then by cluster. */
export function adoptedIds(candidates: readonly Candidate[]): Record<string, Record<string, AdoptedIds>> {
  const byEnvironment: Record<string, Record<string, AdoptedIds>> = {};
  for (const candidate of candidates) {
    if (candidate.cloud !== "aws") continue;
    (byEnvironment[candidate.environment] ??= {})[candidate.name] = idsOf(candidate);
  }
  return byEnvironment;
}

function idsOf({ owner, network, blocks, routeTables, tags }: Candidate): AdoptedIds {
  const ids = (wanted: typeof blocks) =>
    Object.fromEntries(wanted.map(({ prefix, id }) => [prefix.toString(), id]));
  return {
    accountId: owner,
    vpcId: network,
    subnets: ids(blocks.filter(({ zone, role }) => zone !== undefined && role !== "existing")),
    cidrs: ids(blocks.filter(({ zone, id }) => zone === undefined && id !== network)),
    routeTables,
    tags,
  };
}
