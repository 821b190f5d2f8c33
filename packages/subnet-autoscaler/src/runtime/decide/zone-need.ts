import { type Change } from "./decision";
import { type Shortage } from "./shortage";
import { type ZoneView } from "./zone-view";

/** What a zone still needs while a run decides. */
export class ZoneNeed {
  /** Prefixes that this run's changes give to the zone. */
  granted = 0;
  /** Subnets that this run creates in the zone. */
  created = 0;
  /** Whether nothing more can be given to the zone in this run. */
  isClosed = false;

  constructor(
    readonly view: ZoneView,
    readonly shortage: Shortage,
  ) {}

  get zone(): string {
    return this.view.zone;
  }

  /** Prefixes missing to the target. */
  get missing(): number {
    return this.view.targetPrefixes - this.view.freePrefixes - this.granted;
  }

  /** What every change for the zone says of itself. */
  get because(): Pick<Change, "cause" | "reason"> & { readonly zone: string } {
    return { zone: this.zone, cause: this.shortage.cause, reason: this.shortage.reason };
  }

  /** Minutes until the zone has no prefix left, with what it has been given; 0 when its nodes lack some now. */
  private get minutesLeft(): number {
    const free = this.view.freePrefixes + this.granted - this.view.lackingPrefixes;
    if (free <= 0) return 0;
    return this.view.prefixesPerMinute > 0 ? free / this.view.prefixesPerMinute : Infinity;
  }

  /** Negative if this zone is served before another: the one that runs out first, then the one that has the least of its target. */
  compareUrgency(other: ZoneNeed): number {
    const [mine, others] = [this.minutesLeft, other.minutesLeft];
    if (mine !== others) return mine - others;
    const share = ({ view, granted }: ZoneNeed): number =>
      (view.freePrefixes + granted) / view.targetPrefixes;
    return share(this) - share(other) || (this.zone < other.zone ? -1 : 1);
  }
}
