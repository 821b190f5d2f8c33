import { addressCount } from "../../read/ipv4-range";
import { type AddressChange, isUnproven } from "../../review/address-change";
import { type ClusterChange, type ClusterState } from "../../review/cluster-change";
import { type PoolChange } from "../../review/pool-change";
import { arePlansCompared, type Review } from "../../review/review";
import {
  changeNote,
  changeWords,
  describeAddressChanges,
  NO_ADDRESS_CHANGES,
  oldCidr,
} from "../address-change-words";
import { counted, fromTo, thousands } from "../number";
import { type CommentBlock } from "./comment-block";
import { markdownCode, markdownText } from "./markdown-text";
import { row, tableHead } from "./markdown-table";

/** The blocks that change, and the free space of the pools they belong to. */
export function addressBlocks({ addresses: { changes, pools } }: Review): CommentBlock[] {
  if (changes.length === 0) return [section("### Addresses", NO_ADDRESS_CHANGES)];
  const table: CommentBlock = {
    name: "address blocks",
    importance: 60,
    head: tableHead("", "CIDR", "addresses:", "owner"),
    rows: changes.map(changeRow),
    tail: [""],
  };
  return [
    section("### Addresses", `Blocks: ${describeAddressChanges(changes)}.`),
    table,
    ...poolBlock(pools.filter(hasChanged)),
  ];
}

/** Demand and capacity of every cluster, before and after. */
export function capacityBlocks(review: Review): CommentBlock[] {
  const { clusters } = review.addresses;
  if (clusters.length === 0) return [];
  const changed = clusters.filter((cluster) => !isUnchanged(cluster));
  const unchanged = clusters.filter(isUnchanged);
  const intro = "Each cluster's demand, the most its addresses can carry, and the limit it reaches first.";
  return [
    section("### Clusters", intro),
    ...(changed.length === 0 ? [] : [clusterTable(changed, arePlansCompared(review))]),
    ...(unchanged.length === 0
      ? []
      : [
          {
            ...clusterTable(unchanged, true),
            importance: 20,
            name: "unchanged clusters",
            head: [openDetails(`${thousands(unchanged.length)} unchanged`), "", ...CLUSTER_HEAD],
            tail: ["", "</details>", ""],
          },
        ]),
  ];
}

const section = (heading: string, sentence: string): CommentBlock => ({
  name: heading,
  importance: 98,
  head: [heading, "", sentence, ""],
  rows: [],
  tail: [],
});

const openDetails = (summary: string) => `<details><summary>${summary}</summary>`;

const SIGNS: Readonly<Record<AddressChange["kind"], string>> = {
  added: "➕",
  widened: "↔️",
  renamed: "✏️",
  restored: "↩️",
  draining: "⏳",
  retired: "⌛",
  freed: "➖",
  moved: "⚠️",
};

function changeRow(change: AddressChange): string {
  const { kind, cidr, owner, subnets } = change;
  const old = oldCidr(change);
  const cidrs = old === undefined ? markdownCode(cidr) : `${markdownCode(old)} → ${markdownCode(cidr)}`;
  const withSubnets = subnets === 0 ? "" : `, with ${counted(subnets, "subnet")}`;
  const note = changeNote(change);
  const label = `${isUnproven(change) ? "⚠️" : SIGNS[kind]} ${changeWords(change)}`;
  return row(
    ...[label, cidrs, thousands(addressCount(cidr))],
    `${markdownText(owner)}${withSubnets}${note === "" ? "" : `; ${markdownText(note)}`}`,
  );
}

const hasChanged = ({ before, after }: PoolChange) =>
  before?.free !== after?.free || before?.cidr !== after?.cidr;

function poolBlock(pools: readonly PoolChange[]): CommentBlock[] {
  if (pools.length === 0) return [];
  const rows = pools.map(({ key, before, after }) => {
    const percent = after && Math.floor((after.free * 100) / after.addresses);
    return row(
      markdownCode(key),
      markdownCode(after?.cidr ?? before?.cidr ?? ""),
      fromTo(before?.free, after?.free),
      percent === undefined ? "–" : `${percent} %`,
      after?.largestFree === undefined ? "–" : markdownCode(after.largestFree),
    );
  });
  return [
    {
      name: "pools",
      importance: 50,
      head: [
        openDetails(`Pool headroom: ${thousands(pools.length)} changed`),
        "",
        ...tableHead("pool", "CIDR", "free addresses:", "free:", "largest free block"),
      ],
      rows,
      tail: ["", "</details>", ""],
    },
  ];
}

const CLUSTER_HEAD = tableHead(
  "cluster",
  "pod demand:",
  "max pods:",
  "max nodes:",
  "headroom:",
  "growth space:",
  "first limit",
);

const clusterTable = (clusters: readonly ClusterChange[], compared: boolean): CommentBlock => ({
  name: "clusters",
  importance: 55,
  head: CLUSTER_HEAD,
  rows: clusters.map((cluster) => clusterRow(cluster, compared)),
  tail: [""],
});

function clusterRow({ name, cloud, before, after }: ClusterChange, compared: boolean): string {
  const note = after === undefined ? " ➖ removed" : before === undefined && compared ? " ➕ new" : "";
  const change = (valueOf: (state: ClusterState) => number, unit?: string) =>
    fromTo(before && valueOf(before), after && valueOf(after), unit);
  const [was, is] = [before?.binding.name, after?.binding.name];
  const limit = was === is || was === undefined ? (is ?? "") : is === undefined ? was : `${was} → ${is}`;
  const formula = after === undefined ? "" : `: ${after.binding.formula}`;
  return row(
    `${markdownCode(name)} ${cloud === "aws" ? "EKS" : "GKE"}${note}`,
    change(({ pods }) => pods),
    change(({ maxPods }) => maxPods),
    change(({ maxNodes }) => maxNodes),
    change(({ headroomPercent }) => headroomPercent, " %"),
    change(({ growthAddresses }) => growthAddresses),
    markdownText(`${limit}${formula}`),
  );
}

const isUnchanged = ({ before, after }: ClusterChange) => JSON.stringify(before) === JSON.stringify(after);
