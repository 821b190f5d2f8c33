const MINUTE = 60_000;
/** Samples older than this say little about the next half hour. */
const WINDOW = 30 * MINUTE;
/** A burst shows in the last minutes, long before it moves the average of the window. */
const BURST = 5 * MINUTE;
/** Two samples closer than this give no rate. */
const SHORTEST = MINUTE / 2;

interface Sample {
  readonly at: number;
  readonly prefixes: number;
}

/**
 * What earlier runs saw, kept in the memory of a warm function.
 *
 * It is not written to the network: Terraform owns the reference subnets and would take a foreign tag off again,
 * and the role would need to tag subnets that are not its own. A cold start loses nothing that matters: the attach
 * times of the interfaces tell the recent growth (see {@link attachRate}).
 */
export class History {
  private readonly samples = new Map<string, Sample[]>();
  private readonly announced = new Set<string>();

  /** Records how many prefixes a zone uses now. A clock that was set back starts anew. @param at epoch milliseconds */
  record(zone: string, at: number, prefixes: number): void {
    const kept = (this.samples.get(zone) ?? []).filter(
      (sample) => sample.at < at && sample.at >= at - WINDOW,
    );
    this.samples.set(zone, [...kept, { at, prefixes }]);
  }

  /** Prefixes a minute by which a zone grows, of burst and window the faster; undefined with one sample only. */
  rate(zone: string): number | undefined {
    const samples = this.samples.get(zone) ?? [];
    const last = samples.at(-1);
    if (last === undefined) return undefined;
    const slopes = [BURST, WINDOW]
      .map((span) => samples.find((sample) => sample.at >= last.at - span)!)
      .filter((first) => last.at - first.at >= SHORTEST)
      .map((first) => ((last.prefixes - first.prefixes) / (last.at - first.at)) * MINUTE);
    return slopes.length === 0 ? undefined : Math.max(0, ...slopes);
  }

  /** True the first time: an approval is asked for once, not every minute. */
  announce(id: string): boolean {
    if (this.announced.has(id)) return false;
    this.announced.add(id);
    return true;
  }

  /** Forgets announcements that are no longer due, so that they are made again when they are. */
  keepAnnouncements(ids: ReadonlySet<string>): void {
    for (const id of this.announced) if (!ids.has(id)) this.announced.delete(id);
  }
}

/** Minutes of attach times that stand in for a history. */
export const ATTACH_WINDOW_MINUTES = 15;

/**
 * Prefixes a minute, from the prefixes on interfaces that were attached in the last 15 minutes. It does not see
 * what was given back, so it errs towards growing.
 */
export function attachRate(recentPrefixes: number): number {
  return recentPrefixes / ATTACH_WINDOW_MINUTES;
}

/** Whether an interface was attached in the window of {@link attachRate}; a skewed clock counts as recent. */
export function attachedRecently(attachedAt: number | undefined, now: number): boolean {
  return attachedAt !== undefined && now - attachedAt <= ATTACH_WINDOW_MINUTES * MINUTE;
}
