const MINUTE = 60_000;
/** Older samples say little about the next half hour. */
const WINDOW = 30 * MINUTE;
/** A burst shows in the last minutes, long before it moves the average over the window. */
const BURST = 5 * MINUTE;
/** Samples closer together give no rate. */
const MIN_INTERVAL = MINUTE / 2;

interface Sample {
  readonly at: number;
  readonly prefixes: number;
}

/**
 * What earlier runs observed and announced, in the memory of a warm function.
 *
 * It is not written to tags: Terraform owns the reference subnets and would remove foreign tags, and the role would
 * need permission to tag subnets it does not own. A cold start loses nothing important: the interfaces' attach times
 * give the recent growth (see {@link attachRate}).
 */
export class History {
  private readonly samples = new Map<string, Sample[]>();
  private readonly announced = new Set<string>();

  /**
   * Records the prefixes a zone uses now. The zone's history restarts if the clock moves backwards.
   *
   * @param at epoch milliseconds
   */
  record(zone: string, at: number, prefixes: number): void {
    const earlier = (this.samples.get(zone) ?? []).filter(
      (sample) => sample.at < at && sample.at >= at - WINDOW,
    );
    this.samples.set(zone, [...earlier, { at, prefixes }]);
  }

  /** Prefixes per minute by which a zone grows: the faster of burst and window; undefined with a single sample. */
  rate(zone: string): number | undefined {
    const samples = this.samples.get(zone) ?? [];
    const last = samples.at(-1);
    if (last === undefined) return undefined;
    const slopes = [BURST, WINDOW]
      .map((span) => samples.find((sample) => sample.at >= last.at - span)!)
      .filter((first) => last.at - first.at >= MIN_INTERVAL)
      .map((first) => ((last.prefixes - first.prefixes) / (last.at - first.at)) * MINUTE);
    return slopes.length === 0 ? undefined : Math.max(0, ...slopes);
  }

  /** Returns true the first time, so that an approval is requested once and not every minute. */
  announce(changeId: string): boolean {
    if (this.announced.has(changeId)) return false;
    this.announced.add(changeId);
    return true;
  }

  /** Forgets announcements of changes that are no longer due, so that they are announced again when they are. */
  pruneAnnouncements(dueChangeIds: ReadonlySet<string>): void {
    for (const id of this.announced) if (!dueChangeIds.has(id)) this.announced.delete(id);
  }
}

/** Minutes of attach times that replace a missing history. */
const ATTACH_WINDOW_MINUTES = 15;

/**
 * Prefixes per minute, from the prefixes on interfaces attached in the last 15 minutes. It does not see released
 * prefixes, so it errs towards growing.
 */
export function attachRate(recentPrefixes: number): number {
  return recentPrefixes / ATTACH_WINDOW_MINUTES;
}

/**
 * Whether an interface was attached within the window of {@link attachRate}; a time in the future counts as recent.
 *
 * @param attachedAt epoch milliseconds
 * @param now epoch milliseconds
 */
export function attachedRecently(attachedAt: number | undefined, now: number): boolean {
  return attachedAt !== undefined && now - attachedAt <= ATTACH_WINDOW_MINUTES * MINUTE;
}
