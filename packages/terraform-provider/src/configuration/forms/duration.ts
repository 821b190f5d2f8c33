/** Nanoseconds of each unit of Go's `time.ParseDuration`. */
const units: Readonly<Record<string, number>> = {
  ns: 1,
  us: 1e3,
  µs: 1e3,
  μs: 1e3,
  ms: 1e6,
  s: 1e9,
  m: 60e9,
  h: 3600e9,
};

/** Reads a duration as Go writes it (`1h30m`, `0`, `1.5s`). @returns nanoseconds; undefined for anything else */
export function durationOf(text: string): number | undefined {
  const [, sign, rest = ""] = /^([+-]?)(.*)$/s.exec(text) ?? [];
  if (rest === "0") return 0;
  if (!/^((\d+\.?\d*|\.\d+)(ns|us|µs|μs|ms|s|m|h))+$/.test(rest)) return undefined;
  const parts = rest.matchAll(/(\d+\.?\d*|\.\d+)(ns|us|µs|μs|ms|s|m|h)/g);
  const total = [...parts].reduce((sum, [, number, unit]) => sum + Number(number) * units[unit!]!, 0);
  return sign === "-" ? -total : total;
}

/** Whether a text is a duration as Go writes it. */
export const isDuration = (text: string): boolean => durationOf(text) !== undefined;
