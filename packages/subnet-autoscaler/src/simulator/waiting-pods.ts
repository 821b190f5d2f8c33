/** Pods waiting for an address, the longest-waiting first. */
export class WaitingPods {
  private groups: { readonly since: number; pods: number }[] = [];
  count = 0;

  /** @param minute since when they wait */
  add(pods: number, minute: number): void {
    this.groups.push({ since: minute, pods });
    this.count += pods;
  }

  /** Removes the longest-waiting pod. @returns false when none is waiting */
  remove(): boolean {
    const first = this.groups[0];
    if (first === undefined) return false;
    this.count--;
    if (--first.pods === 0) this.groups.shift();
    return true;
  }

  /** Longest wait in minutes, 0 when none is waiting. A pod without an address at the end of its first minute has waited 1. */
  longest(minute: number): number {
    const first = this.groups[0];
    return first === undefined ? 0 : minute + 1 - first.since;
  }
}
