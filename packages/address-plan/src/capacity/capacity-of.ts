import { type Capacity, type Limit } from "./capacity";

/** A capacity from its limits: the tightest binds. @param nodes the most nodes @param limits at least one */
export function capacityOf(nodes: number, limits: readonly Limit[]): Capacity {
  const sorted = [...limits].sort((a, b) => a.pods - b.pods);
  const binding = sorted[0]!;
  return { nodes, pods: binding.pods, binding, limits: sorted };
}

/** The largest integer from 0 to `bound` that fits; `fits` must be true up to some value and false beyond it. */
export function largest(bound: number, fits: (value: number) => boolean): number {
  let low = 0;
  let high = bound;
  while (low < high) {
    const middle = Math.ceil((low + high) / 2);
    if (fits(middle)) low = middle;
    else high = middle - 1;
  }
  return low;
}

/** A whole number for people, with thousands separated: `1,200`. */
export function count(value: number): string {
  // Not by Intl: its locale data takes 10 ms to load, which every synthesis would pay.
  return String(value).replace(/\B(?=(\d{3})+$)/g, ",");
}
