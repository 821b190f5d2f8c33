import fc from "fast-check";

import { Prefix } from "@cluster-ipam/address-plan";
import { type CloudName, newCluster, type Plan, type PlanCluster, zonesOf } from "./plan";

/** Changes of `addresses.yaml`, with how often they occur. */
const PLAN_EDITS = {
  addCluster: 5,
  retire: 4,
  bringBack: 3,
  rename: 2,
  growNodes: 7,
  shrinkNodes: 4,
  growPods: 5,
  shrinkPods: 3,
  podsPerNode: 3,
  addZone: 3,
  dropZone: 3,
  growthPercent: 5,
  shareGrowth: 3,
  resizePool: 6,
  addSpaceCidr: 2,
  dropSpaceCidr: 2,
  newSpace: 1,
  moveFrom: 2,
  addRegion: 1,
  dropRegion: 1,
  addEnvironment: 1,
  reserve: 2,
  carveOut: 2,
  unreserve: 2,
} as const;

/** What else happens. */
const ACTIONS = {
  update: 2,
  deployAll: 14,
  deploySome: 6,
  deployNetworks: 2,
  destroyByHand: 2,
  release: 2,
  fork: 3,
  merge: 5,
  conflict: 2,
  restoreLock: 1,
  adopt: 2,
} as const;

export type PlanEdit = keyof typeof PLAN_EDITS;
export type Action = keyof typeof ACTIONS;

/** One step of a history: a value that means something in every organisation, so that fast-check can drop others. */
export interface Edit {
  readonly kind: PlanEdit | Action;
  /** Chooses what is changed. */
  readonly which: number;
  /** Chooses how. */
  readonly how: number;
  /** Whether the change is made on the open branch, if there is one. */
  readonly branch: boolean;
}

/** Edits, the simplest ones first. */
export const edits: fc.Arbitrary<Edit> = fc.record({
  kind: fc.oneof(
    ...Object.entries({ ...ACTIONS, ...PLAN_EDITS }).map(([kind, weight]) => ({
      weight,
      arbitrary: fc.constant(kind as Edit["kind"]),
    })),
  ),
  which: fc.nat(20),
  how: fc.nat(20),
  branch: fc.boolean(),
});

export function isPlanEdit(kind: Edit["kind"]): kind is PlanEdit {
  return Object.hasOwn(PLAN_EDITS, kind);
}

/** At most so many clusters at the same time, so that a history takes milliseconds. */
/** An organisation has no more clusters, so that histories are fast. */
export const MOST_CLUSTERS = 7;
const NAMES = ["shop", "apps", "search", "batch", "data", "web", "mail", "ml"];

/** What an edit can look up besides the plan. */
export interface EditContext {
  /** Definitions of clusters that left the plan, by name. */
  readonly former: ReadonlyMap<string, PlanCluster>;
  /** CIDRs that are free in the pools. */
  readonly free: () => readonly string[];
}

type Change = (plan: Plan, edit: Edit, context: EditContext) => boolean | void;

const pick = <Item>(items: readonly Item[], index: number): Item | undefined =>
  items.length === 0 ? undefined : items[index % items.length];

const clusterOf = (plan: Plan, { which }: Edit) => pick(Object.entries(plan.clusters), which);

/** Changes a cluster. */
function onCluster(change: (cluster: PlanCluster, how: number) => boolean | void): Change {
  return (plan, edit) => {
    const [, cluster] = clusterOf(plan, edit) ?? [];
    return cluster === undefined ? false : change(cluster, edit.how);
  };
}

/** A block size with more or fewer bits, down to the smallest that is valid. */
function longer(size: string, bits: number, smallest: number): string {
  return `/${Math.min(smallest, Math.max(4, Number(size.slice(1)) + bits))}`;
}

const CHANGES: Readonly<Record<PlanEdit, Change>> = {
  addCluster(plan, { which, how }) {
    if (Object.keys(plan.clusters).length >= MOST_CLUSTERS) return false;
    const places = (["aws", "google"] as const).flatMap((cloud) =>
      Object.keys(plan.regions[cloud]).flatMap((region) =>
        Object.keys(plan.environments)
          .filter((environment) => plan.environments[environment]![cloud] !== undefined)
          .map((environment) => ({ cloud, region, environment })),
      ),
    );
    const { cloud, region, environment } = pick(places, which)!;
    const name = NAMES.map((base) => `${environment}-${base}`).find((free) => !(free in plan.clusters));
    if (name === undefined) return false;
    plan.clusters[name] = newCluster(cloud, environment, region, 2 + (how % 2), 3 + how * 3);
    if (cloud === "aws" && how % 6 === 5) plan.clusters[name].vpcCidr = "ipam-assigned";
    return true;
  },
  retire(plan, edit) {
    const [name] = clusterOf(plan, edit) ?? [];
    if (name === undefined) return false;
    delete plan.clusters[name];
    return true;
  },
  bringBack(plan, { which }, { former }) {
    const [name, cluster] = pick([...former], which) ?? [];
    if (name === undefined || name in plan.clusters) return false;
    if (Object.keys(plan.clusters).length >= MOST_CLUSTERS) return false;
    plan.clusters[name] = structuredClone(cluster!);
    return true;
  },
  rename(plan, edit) {
    const [name, cluster] = clusterOf(plan, edit) ?? [];
    if (name === undefined) return false;
    const to = `${name.split("-")[0]}-new${edit.how}`;
    if (to in plan.clusters) return false;
    delete plan.clusters[name];
    plan.clusters[to] = { ...cluster!, renamedFrom: name };
    return true;
  },
  growNodes: onCluster((cluster, how) => {
    cluster.nodes = Math.min(2000, how % 3 === 0 ? cluster.nodes + 1 : cluster.nodes * (2 + (how % 3)));
  }),
  shrinkNodes: onCluster((cluster, how) => {
    cluster.nodes = Math.max(1, Math.floor(cluster.nodes / (2 + (how % 3))));
    cluster.pods = Math.min(cluster.pods, cluster.nodes * cluster.podsPerNode);
  }),
  growPods: onCluster((cluster, how) => {
    cluster.pods = Math.min(40_000, cluster.pods * (2 + (how % 2)));
    cluster.nodes = Math.max(cluster.nodes, Math.ceil(cluster.pods / cluster.podsPerNode));
  }),
  shrinkPods: onCluster((cluster, how) => {
    cluster.pods = Math.max(1, Math.floor(cluster.pods / (2 + (how % 4))));
  }),
  podsPerNode: onCluster((cluster, how) => {
    cluster.podsPerNode = pick([16, 32, 64, 100], how)!;
    cluster.pods = Math.min(cluster.pods, cluster.nodes * cluster.podsPerNode);
  }),
  addZone: onCluster((cluster, how) => {
    const others = zonesOf(cluster.cloud, cluster.region).filter((zone) => !cluster.zones.includes(zone));
    const zone = pick(others, how);
    if (zone === undefined) return false;
    cluster.zones.push(zone);
    return true;
  }),
  dropZone: onCluster((cluster, how) => {
    if (cluster.zones.length === 1 || (cluster.cloud === "aws" && cluster.zones.length === 2)) return false;
    cluster.zones.splice(how % cluster.zones.length, 1);
    return true;
  }),
  growthPercent: onCluster((cluster, how) => {
    cluster.growthPercent = pick([0, 50, 100, 200, 400], how)!;
  }),
  shareGrowth(plan, { which, how }) {
    const { aws } = pick(Object.values(plan.environments), which)!;
    if (aws === undefined) return false;
    const size = pick(["/20", "/22", undefined, "/19"], how);
    if (size === undefined) delete aws["eksGrowth"];
    else aws["eksGrowth"] = size;
    return true;
  },
  resizePool(plan, { which, how }) {
    const bits = how % 3 === 0 ? 1 : how % 3 === 1 ? -1 : -2;
    const sizes = [
      ...Object.values(plan.regions).flatMap((regions) => Object.values(regions)),
      ...Object.values(plan.environments).flatMap((environment) => Object.values(environment)),
    ].flatMap((entries) =>
      Object.keys(entries)
        .filter((name) => !name.endsWith("From"))
        .map((name) => ({ entries, name })),
    );
    const { entries, name } = pick(sizes, which * 21 + how)!;
    entries[name] = longer(entries[name]!, bits, name === "eksGrowth" ? 26 : 28);
  },
  addSpaceCidr(plan, { which, how }) {
    const space = pick(Object.keys(plan.spaces), which)!;
    const cidr = pick(
      ["10.128.0.0/10", "10.192.0.0/12", "100.120.0.0/13", "240.0.0.0/8", "172.24.0.0/13"],
      how,
    )!;
    plan.spaces[space]!.push(cidr);
  },
  dropSpaceCidr(plan, { which, how }) {
    const spaces = Object.keys(plan.spaces).filter((name) => plan.spaces[name]!.length > 1);
    const space = pick(spaces, which);
    if (space === undefined) return false;
    plan.spaces[space]!.splice(how % plan.spaces[space]!.length, 1);
    return true;
  },
  newSpace(plan, { how }) {
    if ("extra" in plan.spaces) return false;
    plan.spaces["extra"] = [pick(["198.18.0.0/16", "240.0.0.0/12", "11.0.0.0/12"], how)!];
    for (const regions of Object.values(plan.regions))
      for (const sizes of Object.values(regions)) sizes["extra"] = "/18";
    for (const environment of Object.values(plan.environments))
      for (const sizes of Object.values(environment)) sizes["extra"] = "/19";
    return true;
  },
  moveFrom(plan, { which, how }) {
    const all = Object.values(plan.environments).flatMap((clouds) =>
      (Object.keys(clouds) as CloudName[]).map((cloud) => ({ cloud, sizes: clouds[cloud]! })),
    );
    const { cloud, sizes } = pick(all, which)!;
    const spaces = Object.keys(plan.spaces).filter((space) => space in sizes);
    const from = pick(spaces, how)!;
    const pods = cloud === "aws" ? "eksPods" : "gkePods";
    sizes["podsFrom"] = from;
    if (from === (sizes["nodesFrom"] ?? "primary")) delete sizes[pods];
    else sizes[pods] ??= "/20";
  },
  addRegion(plan, { how }) {
    const [cloud, region] = pick(
      [
        ["aws", "eu-north-1"],
        ["google", "europe-west4"],
      ] as const,
      how,
    )!;
    if (region in plan.regions[cloud]) return false;
    plan.regions[cloud][region] = { ...Object.values(plan.regions[cloud])[0]! };
    return true;
  },
  dropRegion(plan, { which }) {
    const regions = (["aws", "google"] as const).flatMap((cloud) =>
      Object.keys(plan.regions[cloud]).map((region) => ({ cloud, region })),
    );
    const { cloud, region } = pick(regions, which)!;
    if (Object.values(plan.clusters).some((cluster) => cluster.region === region)) return false;
    if (Object.keys(plan.regions[cloud]).length === 1) return false;
    delete plan.regions[cloud][region];
    return true;
  },
  addEnvironment(plan) {
    if ("test" in plan.environments) return false;
    plan.environments["test"] = structuredClone(plan.environments["dev"]!);
    return true;
  },
  reserve(plan, { which, how }) {
    const cidr = Prefix.ipv4At(0x0a00_0000 + which * 0x0004_0000 + how * 0x0001_0000, 16).toString();
    if (plan.reserved.some((range) => range.cidr === cidr)) return false;
    plan.reserved.push({ cidr, owner: `on-premises ${how}` });
    return true;
  },
  carveOut(plan, { which, how }, { free }) {
    const block = pick(free(), which);
    if (block === undefined) return false;
    const prefix = Prefix.parse(block);
    const cidr = prefix.resized(Math.min(28, prefix.length + (how % 3))).toString();
    if (plan.reserved.some((range) => range.cidr === cidr)) return false;
    plan.reserved.push({ cidr, owner: `legacy ${which}` });
    return true;
  },
  unreserve(plan, { which }) {
    if (plan.reserved.length < 2) return false;
    plan.reserved.splice(1 + (which % (plan.reserved.length - 1)), 1);
    return true;
  },
};

/** The plan with an edit. Undefined if there is nothing to edit in this way. */
export function edited(plan: Plan, edit: Edit, context: EditContext): Plan | undefined {
  const copy = structuredClone(plan);
  return CHANGES[edit.kind as PlanEdit](copy, edit, context) === false ? undefined : copy;
}
