import { type Ipv4Range, ipv4Range } from "../../read/ipv4-range";
import { type AddressChange } from "../../review/address-change";
import { type AddressNode } from "../../read/address-report";

/** How the change affects a block of the map. */
export type MapMark = AddressChange["kind"] | "replaced" | "destroyed";

/** The addresses of a block that are in use, when someone looked. */
export interface BlockUse {
  /** Number of addresses in use; for a subnet of EKS, prefixes count with all their addresses. */
  readonly used: number;
  /** When it was observed, in ISO 8601: `2026-11-28`. */
  readonly date: string;
}

/** What is known of a block beyond its place. */
export interface BlockDetails {
  readonly mark?: MapMark;
  /** The CIDR before, if the change moves or widens the block. */
  readonly from?: string;
  /** @default in use */
  readonly state?: NonNullable<AddressNode["state"]>;
  /** AWS account or Google Cloud project. @default that of the block around it unless that is a pool, or not known */
  readonly account?: string;
  /** Ids in the cloud, such as those of a subnet and its VPC. @default none, or not known */
  readonly ids?: readonly string[];
  /** What Terraform plans for the resources with exactly this CIDR. @default nothing */
  readonly plan?: readonly string[];
  /** @default not observed */
  readonly use?: BlockUse;
}

/** An allocated or reserved block of the map. Free space is what lies between the blocks. */
export interface MapBlock extends BlockDetails {
  /** Key of the allocation; the fragment of the block's permalink. */
  readonly key: string;
  /** IPv4 CIDR. */
  readonly cidr: string;
  readonly kind: Exclude<AddressNode["kind"], "free">;
  /** Readable name. */
  readonly name: string;
  /** Sorted by address. */
  readonly children: readonly MapBlock[];
}

/** A place that a change gives up: nothing is there any more, or something else is. */
export interface GonePlace {
  /** Key that the block had. */
  readonly key: string;
  readonly cidr: string;
  readonly name: string;
  readonly mark: "freed" | "moved";
}

/** Everything the map shows. */
export interface AddressMap {
  readonly blocks: readonly MapBlock[];
  readonly gone: readonly GonePlace[];
}

const KINDS = ["pool", "cluster", "pods", "growth", "subnet", "reserved"] as const;

/**
 * A block on the wire, as a tuple: a plan of 200 clusters has thousands of blocks, and the page carries them all. The key
 * starts with `/` if it continues the parent's, and an empty name is that rest of the key with spaces.
 */
type PackedBlock = readonly [
  key: string,
  cidr: string,
  kind: number,
  name?: string,
  details?: BlockDetails | 0,
  children?: readonly PackedBlock[],
];

/** A map as the page carries it. */
export interface MapDocument {
  readonly blocks: readonly PackedBlock[];
  readonly gone: readonly GonePlace[];
}

/** Packs a map for the page; {@link unpackMap} is its inverse. */
export const packMap = ({ blocks, gone }: AddressMap): MapDocument => ({
  blocks: blocks.map((block) => packBlock(block, "")),
  gone,
});

function packBlock(block: MapBlock, parentKey: string): PackedBlock {
  const { key, cidr, kind, name, children, ...details } = block;
  const rest = parentKey !== "" && key.startsWith(`${parentKey}/`) ? key.slice(parentKey.length) : key;
  const packed = [
    ...[rest, cidr, KINDS.indexOf(kind)],
    nameOf(rest) === name ? "" : name,
    Object.keys(details).length === 0 ? 0 : details,
    children.map((child) => packBlock(child, key)),
  ];
  // The trailing parts that most blocks lack cost nothing.
  while (isEmpty(packed.at(-1))) packed.pop();
  return packed as unknown as PackedBlock;
}

/** Reads a map from the page. */
export const unpackMap = ({ blocks, gone }: MapDocument): AddressMap => ({
  blocks: blocks.map((block) => unpackBlock(block, "")),
  gone,
});

function unpackBlock(packed: PackedBlock, parentKey: string): MapBlock {
  const [rest, cidr, kind, name = "", details = 0, children = []] = packed;
  const key = rest.startsWith("/") ? parentKey + rest : rest;
  return {
    ...{ key, cidr, kind: KINDS[kind] ?? "pool", name: name === "" ? nameOf(rest) : name },
    ...(details === 0 ? {} : details),
    children: children.map((child) => unpackBlock(child, key)),
  };
}

const nameOf = (rest: string) => rest.replace(/^\//, "").replaceAll("/", " ");

const isEmpty = (part: unknown) => part === "" || part === 0 || (Array.isArray(part) && part.length === 0);

/** The range of a block's CIDR. @throws Error for anything but an IPv4 CIDR */
export function rangeOf({ key, cidr }: Pick<MapBlock, "key" | "cidr">): Ipv4Range {
  const range = ipv4Range(cidr);
  if (range === undefined) throw new Error(`${key}: ${cidr} is not an IPv4 CIDR`);
  return range;
}
