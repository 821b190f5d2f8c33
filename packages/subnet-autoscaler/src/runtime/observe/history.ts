const MINUTE = 60_000;
/** Older samples say little about the next half hour. */
const WINDOW = 30 * MINUTE;
/** A burst shows in the last minutes, long before it moves the average over the window. */
const BURST = 5 * MINUTE;
/** A burst's first minute shows in a single interval. */
const INSTANT = MINUTE;
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
  private postponed: ReadonlyMap<string, number> = new Map();

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
    const slopes = this.slopes(zone, [BURST, WINDOW]);
    return slopes.length === 0 ? undefined : Math.max(0, ...slopes.map(({ rate }) => rate));
  }

  /**
   * Prefixes that a zone will use within the lead time; undefined with a single sample. A trend is believed for as long
   * as it has lasted, and for the minute until the next run: ten prefixes in the last minute are twenty in the next two, not
   * three hundred in half an hour.
   */
  expected(zone: string, leadTimeMinutes: number): number | undefined {
    const slopes = this.slopes(zone, [INSTANT, BURST, WINDOW]);
    if (slopes.length === 0) return undefined;
    const horizon = (lasted: number): number =>
      lasted >= WINDOW ? leadTimeMinutes : Math.min(leadTimeMinutes, (lasted + INSTANT) / MINUTE);
    return Math.max(0, ...slopes.map(({ rate, lasted }) => rate * horizon(lasted)));
  }

  /** Growth in prefixes per minute over each of these spans, and how much of the span there is a history of. */
  private slopes(zone: string, spans: readonly number[]): readonly { rate: number; lasted: number }[] {
    const samples = this.samples.get(zone) ?? [];
    const last = samples.at(-1);
    if (last === undefined) return [];
    return spans
      .map((span) => samples.find((sample) => sample.at >= last.at - span)!)
      .map((first) => ({ lasted: last.at - first.at, grown: last.prefixes - first.prefixes }))
      .filter(({ lasted }) => lasted >= MIN_INTERVAL)
      .map(({ lasted, grown }) => ({ lasted, rate: (grown / lasted) * MINUTE }));
  }

  /** Returns true the first time, so that an approval is requested once and not every minute. */
  announce(changeId: string): boolean {
    if (this.announced.has(changeId)) return false;
    this.announced.add(changeId);
    return true;
  }

  /**
   * Records the changes that this run postponed.
   *
   * @returns the number of runs in a row that postponed each, by its id
   */
  recordPostponed(changeIds: readonly string[]): ReadonlyMap<string, number> {
    this.postponed = new Map(changeIds.map((id) => [id, (this.postponed.get(id) ?? 0) + 1]));
    return this.postponed;
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

/** Prefixes expected within the lead time, from {@link attachRate}, like {@link History.expected}. */
export function expectedFromAttached(recentPrefixes: number, leadTimeMinutes: number): number {
  return attachRate(recentPrefixes) * Math.min(leadTimeMinutes, ATTACH_WINDOW_MINUTES + 1);
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
