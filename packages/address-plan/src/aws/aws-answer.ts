import { isSharedGrowth } from "../blocks/block-key";
import { type LockEntry } from "../lock/address-lock";
import { Prefix } from "../prefix/prefix";
import { type AwsListing, type IpamAllocation } from "./aws-listing";
import { poolsAround, vpcWith } from "./aws-queries";
import { type RecordedAws } from "./recorded-aws";

/** What AWS adds to what the states prove of a block: a sentence that says why it stays, or clauses for the receipt. */
export type AwsAnswer =
  | { readonly reason: string }
  | {
      /** For example `IPAM ipam-pool-0abc has none`. */
      readonly proof: readonly string[];
      /** What was not read, and why. */
      readonly unlisted: readonly string[];
    };

const AGAIN = "then run npm run addresses again";

/** What AWS lists in a block that, according to the states, is free (retired) or unused (draining). */
export function awsAnswer(entry: LockEntry, recorded: RecordedAws, listing: AwsListing): AwsAnswer {
  const answers = [ipamAnswer(entry, recorded, listing)];
  if (entry.state === "draining") answers.push(subnetAnswer(entry, recorded, listing));
  const reason = answers.find((answer) => "reason" in answer);
  if (reason !== undefined) return reason;
  const clauses = answers as Exclude<AwsAnswer, { readonly reason: string }>[];
  return {
    proof: clauses.flatMap(({ proof }) => proof),
    unlisted: [...new Set(clauses.flatMap(({ unlisted }) => unlisted))],
  };
}

/** What IPAM has allocated in a block. The allocations of managed resources do not count: the states have them. */
export function ipamAnswer(
  { key, cidr }: Pick<LockEntry, "key" | "cidr">,
  recorded: RecordedAws,
  { allocations }: AwsListing,
): AwsAnswer {
  const block = Prefix.parse(cidr);
  const pools = poolsAround(block, recorded);
  if (pools.length === 0)
    return { proof: [], unlisted: [`IPAM not queried: ${recorded.gap ?? "no state has a pool around it"}`] };
  const empty: string[] = [];
  const unlisted: string[] = [];
  for (const { id } of pools) {
    const listed = allocations.get(id);
    if (listed === undefined)
      return { reason: `IPAM ${id} was not queried for it yet; run npm run addresses again` };
    if ("unlisted" in listed) unlisted.push(`IPAM not queried: ${listed.unlisted}`);
    else {
      const inside = listed.filter(
        (allocation) =>
          Prefix.parse(allocation.cidr).overlaps(block) &&
          !recorded.allocations.has(`${allocation.resourceId ?? id} ${allocation.cidr}`),
      );
      if (inside.length > 0) return { reason: allocated(id, key, inside as [IpamAllocation]) };
      empty.push(id);
    }
  }
  return { proof: empty.length > 0 ? [`IPAM ${empty.join(", ")} has none`] : [], unlisted };
}

function allocated(
  pool: string,
  key: string,
  [allocation, ...others]: readonly [IpamAllocation, ...IpamAllocation[]],
): string {
  const { id, cidr, resourceType, resourceId, owner, description } = allocation;
  const more = others.length > 0 ? `, and ${others.length} more in it` : "";
  if (resourceId === undefined) {
    const purpose = description ? ` (${JSON.stringify(description)})` : "";
    return `IPAM ${pool} has the manual allocation ${id}${purpose} of ${cidr}, by account ${owner}${more}; release it once nothing uses it, ${AGAIN}`;
  }
  const what = resourceType === "ipam-pool" ? "pool" : resourceType;
  const release =
    isSharedGrowth(key) && resourceType === "vpc"
      ? "let the subnet autoscaler, or npx retire, empty and detach it"
      : "delete it";
  return `IPAM ${pool} has ${cidr} allocated to ${what} ${resourceId} of account ${owner}${more}; ${release}, which releases the CIDR within 30 minutes, ${AGAIN}`;
}

/** The subnets in a CIDR that its VPC is to lose. Terraform does not manage those of the subnet autoscaler. */
export function subnetAnswer(
  { cidr }: Pick<LockEntry, "cidr">,
  recorded: RecordedAws,
  { subnets }: AwsListing,
): AwsAnswer {
  const block = Prefix.parse(cidr);
  const vpc = vpcWith(block, recorded);
  if (vpc === undefined) return { proof: [], unlisted: [] };
  const listed = subnets.get(vpc.id);
  if (listed === undefined)
    return { reason: `the subnets of ${vpc.id} were not listed yet; run npm run addresses again` };
  const notListed = (why: string): AwsAnswer => ({
    proof: [],
    unlisted: [`subnets of ${vpc.id} not listed: ${why}`],
  });
  if ("unlisted" in listed) return notListed(listed.unlisted);
  const isManaged = ({ id }: { readonly id: string }) => vpc.subnets.includes(id);
  // In another account the list is empty, not an error.
  if (vpc.subnets.length > 0 && !listed.some(isManaged))
    return notListed("the AWS credentials are not those of its account");
  const [found, ...others] = listed.filter(
    (subnet) => !isManaged(subnet) && block.contains(Prefix.parse(subnet.cidr)),
  );
  if (found === undefined) return { proof: [`${vpc.id} has no subnet in it`], unlisted: [] };
  const more = others.length > 0 ? ` and ${others.length} more of its subnets are` : " is";
  return {
    reason: `subnet ${found.id} (${found.cidr}) of ${vpc.id}${more} in it; empty and delete it (npx retire does this for the subnets of the subnet autoscaler), ${AGAIN}`,
  };
}
