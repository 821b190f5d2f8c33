import { type Path } from "../../value/diagnostic";
import { BlockMembers, type Member } from "./member";

/** The change of one value, or of the number of elements. */
export interface Change {
  readonly old: string;
  readonly next: string;
  /** Known after apply. */
  readonly computed: boolean;
  readonly removed: boolean;
  readonly replaces: boolean;
}

/** Segment of a list's or set's number of elements. */
export const COUNT = "#";
/** Segment of a map's number of elements. */
export const MAP_COUNT = "%";

/** Changes by the segments of their keys: names, indices or codes, and counts. */
export class Changes {
  own: Change | undefined;
  private below: Map<string, Changes> | undefined;

  /** The changes by the next segment. */
  get inner(): ReadonlyMap<string, Changes> {
    return this.below ?? NONE;
  }

  /** The changes below a segment, made if there are none. */
  at(segment: string): Changes {
    this.below ??= new Map();
    let changes = this.below.get(segment);
    if (changes === undefined) this.below.set(segment, (changes = new Changes()));
    return changes;
  }

  /** Records a change. Nothing for undefined. */
  set(segment: string, change: Change | undefined): void {
    if (change !== undefined) this.at(segment).own = change;
  }

  get isEmpty(): boolean {
    if (this.own !== undefined) return false;
    for (const changes of this.inner.values()) if (!changes.isEmpty) return false;
    return true;
  }

  /** Whether a change here or below satisfies a condition. @param last the last segment of its key */
  some(condition: (change: Change, last: string) => boolean, last = ""): boolean {
    if (this.own !== undefined && condition(this.own, last)) return true;
    for (const [segment, changes] of this.inner) if (changes.some(condition, segment)) return true;
    return false;
  }

  /** Replaces or drops changes. @param amend returns undefined to drop one */
  amend(amend: (change: Change, key: string) => Change | undefined, key: string): void {
    if (this.own !== undefined) this.own = amend(this.own, key);
    for (const [segment, changes] of this.inner) changes.amend(amend, `${key}.${segment}`);
  }
}

const NONE: ReadonlyMap<string, Changes> = new Map();

/** The paths of the changes that force replacement: of attributes, and of whole sets. */
export function replacePaths(changes: Changes, members: BlockMembers): Path[] {
  const paths = new Map<string, Path>();
  const visit = (own: Changes, member: Member | BlockMembers | undefined, path: Path, attribute: Path) => {
    if (own.own?.replaces) paths.set(JSON.stringify(attribute), attribute);
    for (const [segment, inner] of own.inner) {
      if (member instanceof BlockMembers) {
        const next = [...path, segment];
        visit(inner, member.byName.get(segment), next, next);
      } else if (member?.kind === "list" && segment !== COUNT)
        visit(inner, member.element, [...path, Number(segment)], attribute);
      // Elements of a set have no path.
      else visit(inner, undefined, path, attribute);
    }
  };
  visit(changes, members, [], []);
  return [...paths.values()];
}
