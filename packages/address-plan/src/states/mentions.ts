import { Prefix } from "../prefix/prefix";
import { type StackState } from "./stack-state";

/** A resource that uses a block. */
export interface Mention {
  /** Address of the resource in its state. */
  readonly address: string;
  /** Dotted path of the attribute, for example `network_config.0.pod_range`. */
  readonly attribute: string;
  /** What it mentions: a CIDR or address in the block, a subnet's id, self link or ARN, a secondary range's name. */
  readonly value: string;
}

/**
 * The managed resources of a state that use a block. They mention a CIDR or an address in it, or, by id, self link or
 * name, a subnet or secondary range that an owner has in it. Data sources do not count: they find whatever exists.
 *
 * @param state of a consumer, such as a cluster's stack
 * @param block CIDR of the block
 * @param ownerStates of the stacks that own the block, such as the cluster's network
 * @throws AddressPlanError for a block or an owner's CIDR that is not one
 */
export function mentions(
  state: StackState,
  block: string,
  ownerStates: readonly StackState[],
): readonly Mention[] {
  const space = Prefix.parse(block);
  const names = ownedNames(space, ownerStates);
  const found: Mention[] = [];
  for (const { mode, address, instances } of state.resources) {
    if (mode !== "managed") continue;
    for (const attributes of instances)
      walk(attributes, [], (attribute, text) => {
        const value = mentioned(text, attribute, space, names);
        if (value !== undefined) found.push({ address, attribute, value });
      });
  }
  return found;
}

interface OwnedNames {
  /** Ids and links, which are unique wherever they occur in a text. */
  readonly ids: readonly { readonly id: string; readonly pattern: RegExp }[];
  /** Names of secondary ranges, which count only as the whole value of an attribute about ranges. */
  readonly ranges: ReadonlySet<string>;
}

function ownedNames(space: Prefix, ownerStates: readonly StackState[]): OwnedNames {
  const owned = ownerStates.flatMap(({ resources }) =>
    resources.filter(({ mode, type }) => mode === "managed" && SUBNETS.includes(type)),
  );
  const subnets = owned.flatMap(({ instances }) => instances);
  const ids = subnets
    .filter((subnet) => isIn(space, subnet["cidr_block"] ?? subnet["ip_cidr_range"]))
    .flatMap((subnet) => ["id", "arn", "self_link"].map((name) => subnet[name]))
    .filter((id) => typeof id === "string" && id !== "")
    .map((id) => shortLink(id as string));
  const ranges = subnets
    .flatMap((subnet) => (subnet["secondary_ip_range"] ?? []) as readonly SecondaryRange[])
    .filter(({ ip_cidr_range }) => isIn(space, ip_cidr_range))
    .map(({ range_name }) => range_name);
  return {
    ids: [...new Set(ids)].map((id) => ({ id, pattern: new RegExp(`${escaped(id)}(?![\\w-])`) })),
    ranges: new Set(ranges),
  };
}

interface SecondaryRange {
  readonly range_name: string;
  readonly ip_cidr_range: string;
}

const SUBNETS: readonly string[] = ["aws_subnet", "aws_default_subnet", "google_compute_subnetwork"];

function isIn(space: Prefix, cidr: unknown): boolean {
  return typeof cidr === "string" && cidr !== "" && inSpace(space, cidr);
}

function mentioned(text: string, attribute: string, space: Prefix, names: OwnedNames): string | undefined {
  for (const [cidr] of text.matchAll(/(?<![\d.])\d{1,3}(?:\.\d{1,3}){3}(?:\/\d{1,2})?(?![\d.]*\d)/g))
    if (inSpace(space, cidr)) return cidr;
  const id = names.ids.find(({ pattern }) => pattern.test(text))?.id;
  if (id !== undefined) return id;
  return /range/i.test(attribute) && names.ranges.has(text) ? text : undefined;
}

/** Whether a CIDR or an address lies in the space. A text that only looks like one does not. */
function inSpace(space: Prefix, text: string): boolean {
  const [address, length = "32"] = text.split("/");
  const octets = address!.split(".").map(Number);
  if (space.family !== 4 || octets.some((octet) => octet > 255)) return false;
  const first = octets.reduce((sum, octet) => sum * 256n + BigInt(octet), 0n);
  return Number(length) >= space.length && first >= space.first && first <= space.last;
}

/** A resource's link without host and API version: services write it in both forms. */
function shortLink(link: string): string {
  return link.replace(/^https:\/\/[^/]+\/compute\/[^/]+\//, "");
}

function escaped(text: string): string {
  return text.replace(/[^\w-]/g, "\\$&");
}

function walk(
  value: unknown,
  path: readonly string[],
  visit: (attribute: string, text: string) => void,
): void {
  if (typeof value === "string") visit(path.join("."), value);
  else if (typeof value === "object" && value !== null)
    for (const [name, member] of Object.entries(value)) walk(member, [...path, name], visit);
}
