import { type AddressChange } from "../../review/address-change";
import { type ClusterChange } from "../../review/cluster-change";
import { type CommentBlock } from "./comment-block";
import { fromTo, row, tableHead } from "./markdown-table";
import { code, prose } from "../escape";
import { addressesIn } from "../../read/ipv4-range";
import { type PoolChange } from "../../review/pool-change";
import { isCompared, type Review } from "../../review/review";
import { thousands } from "../terminal/text-table";

/** Which addresses the change takes, moves and gives back, and what stays free in the pools. */
export function addressBlocks({ addresses: { changes, pools } }: Review): CommentBlock[] {
  const moved = pools.filter(isChanged);
  if (changes.length === 0) return [title("### Addresses", "No address is allocated, moved or freed.")];
  const count = (kind: AddressChange["kind"]) => changes.filter((change) => change.kind === kind).length;
  const said = (["freed", "moved", "allocated"] as const)
    .filter((kind) => count(kind) > 0)
    .map((kind) => `${thousands(count(kind))} ${kind}`)
    .join(", ");
  const table: CommentBlock = {
    name: "address blocks",
    importance: 60,
    head: tableHead("", "CIDR", "addresses:", "who lives there"),
    rows: changes.map(changeRow),
    tail: [""],
  };
  return [title("### Addresses", `Blocks: ${said}.`), table, ...poolBlock(moved)];
}

/** What every cluster is asked to carry and can carry, before and after. */
export function capacityBlocks(review: Review): CommentBlock[] {
  const { clusters } = review.addresses;
  if (clusters.length === 0) return [];
  const changed = clusters.filter((cluster) => !sameState(cluster));
  const still = clusters.filter((cluster) => sameState(cluster));
  const intro = "What is asked for, how many pods and nodes the addresses carry, and which limit ends it.";
  return [
    title("### Clusters", intro),
    ...(changed.length === 0 ? [] : [clusterTable(changed, isCompared(review))]),
    ...(still.length === 0
      ? []
      : [
          {
            ...clusterTable(still, true),
            importance: 20,
            name: "clusters without a change",
            head: [summary(`${thousands(still.length)} without a change`), "", ...CLUSTER_HEAD],
            tail: ["", "</details>", ""],
          },
        ]),
  ];
}

const title = (heading: string, sentence: string): CommentBlock => ({
  name: heading,
  importance: 98,
  head: [heading, "", sentence, ""],
  rows: [],
  tail: [],
});

const summary = (text: string) => `<details><summary>${text}</summary>`;

function changeRow({ kind, cidr, from, owner, subnets }: AddressChange): string {
  const place = from === undefined ? code(cidr) : `${code(from)} → ${code(cidr)}`;
  const inside = subnets === 0 ? "" : `, with ${thousands(subnets)} ${subnets === 1 ? "subnet" : "subnets"}`;
  const word = { allocated: "➕ allocated", moved: "⚠️ moved", freed: "➖ freed" }[kind];
  return row(word, place, thousands(addressesIn(cidr)), `${prose(owner)}${inside}`);
}

const isChanged = ({ before, after }: PoolChange) =>
  before?.free !== after?.free || before?.cidr !== after?.cidr;

function poolBlock(pools: readonly PoolChange[]): CommentBlock[] {
  if (pools.length === 0) return [];
  const rows = pools.map(({ key, before, after }) => {
    const percent = after && Math.floor((after.free * 100) / after.addresses);
    return row(
      code(key),
      code(after?.cidr ?? before?.cidr ?? ""),
      fromTo(before?.free, after?.free),
      percent === undefined ? "–" : `${percent} %`,
      after?.largestFree === undefined ? "–" : code(after.largestFree),
    );
  });
  return [
    {
      name: "pools",
      importance: 50,
      head: [
        summary(`Headroom of the pools: ${thousands(pools.length)} changed`),
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
  "pods asked:",
  "pods up to:",
  "nodes up to:",
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
  const note = after === undefined ? " ➖ goes" : before === undefined && compared ? " ➕ new" : "";
  const pair = (read: (state: NonNullable<ClusterChange["after"]>) => number, unit?: string) =>
    fromTo(before && read(before), after && read(after), unit);
  const [was, is] = [before?.binding.name, after?.binding.name];
  const limit = was === is || was === undefined ? (is ?? "") : is === undefined ? was : `${was} → ${is}`;
  const formula = after === undefined ? "" : `: ${after.binding.formula}`;
  return row(
    `${code(name)} ${cloud === "aws" ? "EKS" : "GKE"}${note}`,
    pair(({ pods }) => pods),
    pair(({ podsUpTo }) => podsUpTo),
    pair(({ nodesUpTo }) => nodesUpTo),
    pair(({ headroomPercent }) => headroomPercent, " %"),
    pair(({ growthAddresses }) => growthAddresses),
    prose(`${limit}${formula}`),
  );
}

function sameState({ before, after }: ClusterChange): boolean {
  return JSON.stringify(before) === JSON.stringify(after);
}
