/** Which cluster is served next: those that have waited longest, so that what a run does not reach is first in the next. */
export class Turns {
  private readonly served = new Map<string, number>();

  /** Clusters in the order of their turns. @param clusters by name */
  order(clusters: readonly string[]): readonly string[] {
    const lastTurn = (cluster: string): number => this.served.get(cluster) ?? -Infinity;
    // A stable sort: clusters that were never served keep their order.
    return [...clusters].sort((a, b) => Math.sign(lastTurn(a) - lastTurn(b)) || 0);
  }

  /** Records that a cluster was served, successfully or not: one that fails must not come first for ever. */
  record(cluster: string, at: number): void {
    this.served.set(cluster, at);
  }

  /** Forgets clusters that no longer exist. */
  keepOnly(clusters: ReadonlySet<string>): void {
    for (const cluster of this.served.keys()) if (!clusters.has(cluster)) this.served.delete(cluster);
  }
}
