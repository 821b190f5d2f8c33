/** Pods that wait for an address, the one that waits longest first. */
export class WaitingPods {
  private groups: { readonly since: number; pods: number }[] = [];
  count = 0;

  /** @param minute since when they wait */
  add(pods: number, minute: number): void {
    this.groups.push({ since: minute, pods });
    this.count += pods;
  }

  /** The pod that waits longest leaves. @returns false when none waits */
  remove(): boolean {
    const first = this.groups[0];
    if (first === undefined) return false;
    this.count--;
    if (--first.pods === 0) this.groups.shift();
    return true;
  }

  /** How long the first has waited, in minutes; 0 when none waits. A pod that is not served in its minute waits one. */
  longest(minute: number): number {
    const first = this.groups[0];
    return first === undefined ? 0 : minute + 1 - first.since;
  }
}
