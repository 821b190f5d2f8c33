/** Number of pods requested in a minute of a simulation. */
export type Trace = (minute: number) => number;

/** A pod count at a minute. */
export type Corner = readonly [minute: number, pods: number];

/** Interpolates between corners; the count is constant before the first and after the last. @param corners by time */
export function trace(...corners: readonly Corner[]): Trace {
  return (minute) => {
    const next = corners.findIndex(([at]) => at > minute);
    if (next < 0) return corners.at(-1)![1];
    if (next === 0) return corners[0]![1];
    const [[from, before], [to, after]] = [corners[next - 1]!, corners[next]!];
    return Math.round(before + ((after - before) * (minute - from)) / (to - from));
  };
}
