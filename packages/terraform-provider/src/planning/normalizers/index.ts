/** Turns a configured value into the one that is planned (`StateFunc`). */
export type Normalizer = (value: string) => string;

/** All rules, by name. */
export const normalizers: Readonly<Record<string, Normalizer>> = {
  /** In lower case. */
  lower: (value) => value.toLowerCase(),
};
