/** A decimal number as `digits × 10^exponent`. */
export interface Quantity {
  readonly digits: bigint;
  readonly exponent: number;
}

const SUFFIXES: Readonly<Record<string, number>> = {
  n: -9,
  u: -6,
  m: -3,
  "": 0,
  k: 3,
  M: 6,
  G: 9,
  T: 12,
  P: 15,
  E: 18,
};
const BINARY: Readonly<Record<string, bigint>> = Object.fromEntries(
  ["Ki", "Mi", "Gi", "Ti", "Pi", "Ei"].map((suffix, index) => [suffix, 1024n ** BigInt(index + 1)]),
);

/** Parses a quantity of Kubernetes (`1.5Gi`, `100m`, `1e3`). Undefined if the text is none. */
export function parseQuantity(text: string): Quantity | undefined {
  const match = /^([+-]?)(\d*)(?:\.(\d*))?(?:([numkMGTPE]|[KMGTPE]i)|[eE]([+-]?\d+))?$/.exec(text);
  if (match === null) return undefined;
  const [, sign, whole = "", fraction = "", suffix = "", power = "0"] = match;
  if (whole + fraction === "") return undefined;
  const digits = BigInt(whole + fraction) * (BINARY[suffix] ?? 1n) * (sign === "-" ? -1n : 1n);
  return { digits, exponent: (SUFFIXES[suffix] ?? 0) + Number(power) - fraction.length };
}

/** Whether two quantities are the same amount. */
export function isSameQuantity(a: Quantity, b: Quantity): boolean {
  const least = Math.min(a.exponent, b.exponent);
  const scaled = ({ digits, exponent }: Quantity) => digits * 10n ** BigInt(exponent - least);
  return scaled(a) === scaled(b);
}
