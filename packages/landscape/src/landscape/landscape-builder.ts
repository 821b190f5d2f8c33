import { type AddressPlanError, Prefix } from "@cluster-ipam/address-plan/prefix";
import { LandscapeError } from "../landscape-error";
import { type ExistingCluster, type ExistingNodes } from "./existing-cluster";
import { type ExistingRange, type Source } from "./existing-range";
import { type Landscape, type Seen, type Unseen } from "./landscape";

/** Collects what readers find. The same entry in two sources counts once. */
export class LandscapeBuilder {
  private readonly ranges = new Map<string, ExistingRange>();
  private readonly clusters = new Map<string, ExistingCluster>();
  private readonly nodes = new Map<string, Map<string, ExistingNodes>>();
  private readonly routeTables = new Map<string, string>();
  private readonly vpcRegions = new Map<string, string>();
  private readonly seen = new Map<string, Seen>();
  private readonly unseen: Unseen[] = [];
  private readonly skipped = new Map<string, number>();

  /**
   * Adds a range. IPv6 is counted and left out: the plan has IPv4 only.
   *
   * @param cidr as the source has it
   * @throws LandscapeError if it is not a CIDR
   */
  addRange(cidr: unknown, range: Omit<ExistingRange, "prefix">): void {
    const prefix = parsedCidr(cidr, range.source);
    if (prefix.family === 6) return this.skip("IPv6");
    if (range.zone !== undefined && range.region !== undefined && range.network !== undefined)
      this.vpcRegions.set(range.network, range.region);
    const key = [range.kind, range.cloud, range.owner, range.subnet, range.id, prefix].join(" ");
    const before = this.ranges.get(key);
    // Descriptions of one thing complete each other.
    this.ranges.set(key, before === undefined ? { ...range, prefix } : { ...before, ...range, prefix });
  }

  /** Adds a cluster, or what another source says of it. */
  addCluster(cluster: ExistingCluster): void {
    this.clusters.set(clusterId(cluster), cluster);
    for (const nodes of cluster.nodes) this.addNodes(clusterId(cluster), nodes);
  }

  /** Adds nodes to a cluster that was, or will be, added. @param cluster its {@link clusterId} */
  addNodes(cluster: string, nodes: ExistingNodes): void {
    const known = this.nodes.get(cluster) ?? new Map<string, ExistingNodes>();
    this.nodes.set(cluster, known.set(nodes.name, nodes));
  }

  addRouteTable(subnet: string, table: string): void {
    this.routeTables.set(subnet, table);
  }

  addSeen(seen: Seen): void {
    this.seen.set(`${seen.cloud} ${seen.owner} ${seen.region}`, seen);
  }

  addUnseen(what: string, why: string): void {
    this.unseen.push({ what, why });
  }

  skip(reason: string): void {
    this.skipped.set(reason, (this.skipped.get(reason) ?? 0) + 1);
  }

  /** What was found, sorted, so that the same sources in any order give the same landscape. */
  build(): Landscape {
    const ranges = [...this.ranges.values()].map((range) => this.inRegion(range));
    ranges.sort((a, b) => a.prefix.compare(b.prefix) || compareText(rangeLabel(a), rangeLabel(b)));
    const clusters = [...this.clusters].map(([key, cluster]) => ({
      ...cluster,
      nodes: [...(this.nodes.get(key)?.values() ?? [])],
    }));
    clusters.sort((a, b) => compareText(clusterId(a), clusterId(b)));
    return {
      ranges,
      clusters,
      routeTables: this.routeTables,
      seen: [...this.seen.values(), ...listedPlaces(ranges)],
      unseen: this.unseen,
      skipped: this.skipped,
    };
  }

  /** AWS does not say in which Region a VPC is; its subnets do. */
  private inRegion(range: ExistingRange): ExistingRange {
    if (range.kind !== "vpc" || range.region !== undefined) return range;
    const region = this.vpcRegions.get(range.id);
    return region === undefined ? range : { ...range, region };
  }
}

/** Identifies a cluster across sources. */
export function clusterId({
  cloud,
  owner,
  region,
  name,
}: Pick<ExistingCluster, "cloud" | "owner" | "region" | "name">): string {
  return `${cloud} ${owner} ${region} ${name}`;
}

/** Who has a range, in words: `aws 111111111111 eu-west-1 vpc-0a1b (payments)`. */
export function rangeLabel({ cloud, owner, region, kind, id, name, subnet }: ExistingRange): string {
  const parts = [cloud, owner, region, subnet, kind === "documented" ? undefined : id];
  const label = parts.filter((part) => part !== undefined && part !== "").join(" ");
  return name === undefined || name === "" || name === id ? label : `${label} (${name})`;
}

/** A list of VPCs, or of subnetworks, is whole for its account and Region, or its project. */
function listedPlaces(ranges: readonly ExistingRange[]): readonly Seen[] {
  const places = ranges.flatMap(({ kind, cloud, owner, region = "*" }) =>
    (kind === "vpc" && cloud === "aws") || (kind === "subnet" && cloud === "google")
      ? [{ cloud, owner, region: cloud === "aws" ? region : "*" }]
      : [],
  );
  return [...new Map(places.map((place) => [Object.values(place).join(" "), place])).values()];
}

function compareText(a: string, b: string): number {
  return a === b ? 0 : a < b ? -1 : 1;
}

function parsedCidr(cidr: unknown, { file, entry }: Source): Prefix {
  const where = `${file}: ${entry}`;
  if (typeof cidr !== "string")
    throw new LandscapeError(where, `has no CIDR (${JSON.stringify(cidr) ?? "missing"}); export it again`);
  try {
    return Prefix.parse(cidr);
  } catch (error) {
    throw new LandscapeError(where, (error as AddressPlanError).message);
  }
}
