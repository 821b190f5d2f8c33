import { createHash } from "node:crypto";

/** `digits` (at most 40) hexadecimal digits derived from a seed. */
export const identifier = (seed: string, digits: number): string =>
  createHash("sha1").update(seed).digest("hex").slice(0, digits);
