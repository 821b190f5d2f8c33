import { type PlanDefinition } from "@cluster-ipam/address-plan";
import { type ClusterDefinition } from "@cluster-ipam/address-plan/adoption";
import { diffArrays } from "diff";
import { type Document, isMap, isSeq, parseDocument, type YAMLMap } from "yaml";
import { type Candidate } from "./candidate";
import { ADOPTED_MARK, type Reservation } from "./reservations";

/** Netmask lengths of what the plan does not have yet. A Region's block has room for 16 environments. */
const SIZES = {
  region: 12,
  aws: { primary: 16, eks: 18, pods: 16, eksPods: 17 },
  google: { primary: 15, gke: 16 },
} as const;

/** Blocks of new Regions and environments can be this many bits smaller, where a space is full of what exists. */
export const MOST_BITS_SMALLER = 6;

const STYLE = { lineWidth: 0 } as const;

/**
 * A changed text with the lines of the original wherever they say the same: the writer has a style of its own, for example
 * for spaces in brackets.
 */
function withOwnLines(original: string, changed: string): string {
  const lines = original.split("\n");
  const written = parseDocument(original).toString(STYLE).split("\n");
  if (written.length !== lines.length) return changed;
  let at = 0;
  return diffArrays(written, changed.split("\n"))
    .flatMap(({ added, removed, value, count }) => {
      if (added) return value;
      at += count;
      return removed ? [] : lines.slice(at - count, at);
    })
    .join("\n");
}

/** `addresses.yaml` with its comments. It is changed only where something is added or no longer true. */
export class PlanDocument {
  private readonly document: Document;
  private changed = false;

  /** @param smaller bits by which the blocks of new Regions and environments are smaller: 0 to 6 */
  constructor(
    private readonly original: string,
    private readonly smaller = 0,
  ) {
    this.document = parseDocument(original);
  }

  /** The text: the original one if nothing changed. */
  get text(): string {
    return this.changed ? withOwnLines(this.original, this.document.toString(STYLE)) : this.original;
  }

  /** Adds a cluster, and the blocks of its Region and environment if the plan has none. */
  addCluster({ name, cloud, environment, region, definition }: Candidate): void {
    const sizes = this.document.getIn(["environments", environment, cloud]);
    if (sizes === undefined) this.set(["environments", environment, cloud], this.sizes(SIZES[cloud]));
    const own = this.document.getIn(["environments", environment, cloud]) as YAMLMap;
    const [nodesFrom = "primary", podsFrom = cloud === "aws" ? "pods" : "primary"] = [
      own.get("nodesFrom") as string | undefined,
      own.get("podsFrom") as string | undefined,
    ];
    for (const space of new Set([nodesFrom, podsFrom]))
      if (!this.document.hasIn(["regions", cloud, region, space]))
        this.set(["regions", cloud, region, space], this.sizes({ space: SIZES.region })["space"]);
    this.set(["clusters", name], withoutDefaults(definition));
  }

  /** Makes the entries of `reserved` that `adopt` wrote what they are now. @param keeps whether an entry is still true */
  setReserved(entries: readonly Reservation[], keeps: (entry: Reservation) => boolean): void {
    if (!this.document.hasIn(["reserved"])) this.set(["reserved"], []);
    const list = this.document.getIn(["reserved"]);
    if (!isSeq(list)) return;
    const wanted = new Map(entries.map((entry) => [entry.cidr, entry]));
    const remaining = list.items.filter((item) => {
      const { cidr, owner } = (isMap(item) ? item.toJSON() : {}) as Partial<Reservation>;
      if (cidr === undefined || owner === undefined || !owner.startsWith(ADOPTED_MARK)) {
        // Somebody reserved it by hand, and knows why.
        if (cidr !== undefined) wanted.delete(cidr);
        return true;
      }
      const now = wanted.get(cidr);
      wanted.delete(cidr);
      if (now === undefined) return keeps({ cidr, owner });
      if (now.owner !== owner) {
        (item as YAMLMap).set("owner", now.owner);
        this.changed = true;
      }
      return true;
    });
    if (remaining.length === list.items.length && wanted.size === 0) return;
    this.changed = true;
    list.flow = false;
    list.items = [
      ...remaining,
      ...[...wanted.values()].map((entry) => this.document.createNode(entry, { flow: true })),
    ];
  }

  /** Lengths as one writes them. */
  private sizes(lengths: Readonly<Record<string, number>>): Record<string, string> {
    return Object.fromEntries(
      Object.entries(lengths).map(([name, length]) => [name, `/${length + this.smaller}`]),
    );
  }

  private set(path: readonly string[], value: unknown): void {
    this.changed = true;
    for (let length = 1; length < path.length; length++) {
      const parent = this.document.getIn(path.slice(0, length));
      if (parent === undefined || parent === null)
        this.document.setIn(path.slice(0, length), this.document.createNode({}));
    }
    const isFlow = path[0] !== "clusters" && path.length > 1;
    this.document.setIn(path, this.document.createNode(value, { flow: isFlow && typeof value === "object" }));
  }
}

/** What a cluster has that does not say so. */
const DEFAULTS: Readonly<Record<string, unknown>> = {
  ...{ vpcCidr: "planned", vpcCidrQuota: 5, growthPercent: 0 },
  ...{ provisioner: "node-groups", reservedEnis: 0, fargatePods: 0, autopilot: false },
};

/** A cluster as one writes it: without defaults, and a single instance type not as a list. */
function withoutDefaults(definition: ClusterDefinition): object {
  const written = Object.entries(definition).filter(
    ([key, value]) => value !== undefined && DEFAULTS[key] !== value,
  );
  return Object.fromEntries(
    written.map(([key, value]: [string, unknown]) =>
      key === "instanceType" && Array.isArray(value) && value.length === 1 ? [key, value[0]] : [key, value],
    ),
  );
}

/** A plan without clusters, for a repository that has none. */
export const EMPTY_PLAN = `organisation: example
spaces:
  primary: 10.0.0.0/8 # VPCs, nodes and everything on GKE
  pods: 100.64.0.0/10 # pods and growth space of EKS, as secondary CIDRs
reserved: []
regions: {}
environments: {}
clusters: {}
`;

/** The plan with little demand of some clusters: their pools get their own size, whatever the clusters have. */
export function withLittleDemand(plan: PlanDefinition, names: ReadonlySet<string>): PlanDefinition {
  const clusters = Object.entries(plan.clusters).map(([name, cluster]) => {
    if (!names.has(name)) return [name, cluster] as const;
    const little = { ...cluster, nodes: 1, pods: 1, growthPercent: 0 };
    return [name, cluster.cloud === "aws" ? { ...little, adopted: undefined } : little] as const;
  });
  return { ...plan, clusters: Object.fromEntries(clusters) as PlanDefinition["clusters"] };
}
