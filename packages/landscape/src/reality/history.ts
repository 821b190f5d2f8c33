import { type Utilisation } from "./utilisation";

/** What was seen at one time. */
export interface Snapshot {
  readonly version: 1;
  /** ISO 8601, UTC. */
  readonly at: string;
  readonly utilisation: readonly Utilisation[];
  /** The CIDRs of all networks that existed. */
  readonly networks: readonly string[];
}

/** How something fills up. */
export interface Trend {
  /** Addresses, or nodes, a day. Negative if it empties. */
  readonly perDay: number;
  /** Days until it is full at this rate. Undefined if it does not fill. */
  readonly daysLeft: number | undefined;
}

const DAY = 24 * 60 * 60 * 1_000;

/**
 * The trend of everything that at least two snapshots have, at different times: the line with the least squares through all of
 * them, so that one unusual night does not decide.
 *
 * @param snapshots in any order; the last one is now
 */
export function trends(snapshots: readonly Snapshot[]): ReadonlyMap<string, Trend> {
  const points = new Map<string, { readonly day: number; readonly use: Utilisation }[]>();
  const sorted = [...snapshots].sort((a, b) => Date.parse(a.at) - Date.parse(b.at));
  for (const { at, utilisation } of sorted)
    for (const use of utilisation) {
      const own = points.get(trendKey(use)) ?? [];
      points.set(trendKey(use), [...own, { day: Date.parse(at) / DAY, use }]);
    }
  const found = new Map<string, Trend>();
  for (const [key, own] of points) {
    const perDay = slope(own.map(({ day, use }) => [day, use.used]));
    if (perDay === undefined) continue;
    const { size, used } = own.at(-1)!.use;
    found.set(key, { perDay, daysLeft: perDay > 0 ? Math.max(0, size - used) / perDay : undefined });
  }
  return found;
}

/** Identifies what a trend is of: the same block with another CIDR is something else. */
export function trendKey({ kind, id, cidr }: Utilisation): string {
  return `${kind} ${id} ${cidr}`;
}

/** The slope of the line with the least squares. Undefined if all points have the same time. */
function slope(points: readonly (readonly [x: number, y: number])[]): number | undefined {
  const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;
  const [x, y] = [mean(points.map(([at]) => at)), mean(points.map(([, value]) => value))];
  const variance = points.reduce((sum, [at]) => sum + (at - x) ** 2, 0);
  if (variance === 0) return undefined;
  return points.reduce((sum, [at, value]) => sum + (at - x) * (value - y), 0) / variance;
}
