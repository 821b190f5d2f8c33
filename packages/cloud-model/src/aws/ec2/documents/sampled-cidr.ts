import { Kind } from "../../../store/kind";
import { type Transaction } from "../../../store/transaction";

/** What IPAM saw of a CIDR of a VPC or subnet while it existed. */
export interface SampledCidr {
  readonly id: string;
  readonly ResourceCidr: string;
  readonly ResourceId: string;
  readonly ResourceOwnerId: string;
  readonly ResourceRegion: string;
  readonly ResourceType: "vpc" | "subnet";
  readonly VpcId: string;
  /** Milliseconds since 1970. */
  readonly start: number;
  /** Milliseconds since 1970. @default the CIDR exists */
  readonly end?: number;
  /** The tag `Name`, at the end. */
  readonly ResourceName?: string | undefined;
  /** The pool that managed the CIDR, at the end. */
  readonly IpamPoolId?: string | undefined;
}

// The id of a sample without an end is that of its CIDR.
const sampledCidrs = new Kind<SampledCidr>("ec2/sampled-cidr");

type Sampled = Pick<SampledCidr, "ResourceId" | "ResourceCidr">;
type NewSample = Omit<SampledCidr, "id">;

const openId = ({ ResourceId, ResourceCidr }: Sampled): string => [ResourceId, ResourceCidr].join("/");

/** The sample of a CIDR that exists, or undefined. */
export const openSample = (transaction: Transaction, sampled: Sampled): SampledCidr | undefined =>
  transaction.get(sampledCidrs, openId(sampled));

/** All samples of a CIDR, of whatever resource had it. */
export const samplesOf = (transaction: Transaction, cidr: string): readonly SampledCidr[] =>
  transaction.filter(sampledCidrs, ({ ResourceCidr }) => ResourceCidr === cidr);

/** Stores a sample of a CIDR that exists. */
export const putOpenSample = (transaction: Transaction, sample: NewSample): SampledCidr =>
  transaction.put(sampledCidrs, openId(sample), { ...sample, id: openId(sample) });

/** Ends the sample of a CIDR. */
export function closeSample(transaction: Transaction, sample: SampledCidr): void {
  const id = transaction.hex(32);
  transaction.remove(sampledCidrs, sample.id);
  transaction.put(sampledCidrs, id, { ...sample, id });
}

/** Removes all samples. */
export function removeSamples(transaction: Transaction): void {
  for (const { id } of [...transaction.all(sampledCidrs)]) transaction.remove(sampledCidrs, id);
}
