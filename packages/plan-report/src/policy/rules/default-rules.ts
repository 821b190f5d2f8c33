import { type Rule } from "../policy";
import { acknowledgedDestruction } from "./acknowledged-destruction";
import { addressesStay } from "./addresses-stay";
import { cidrsInLock } from "./cidrs-in-lock";
import { noOverlap } from "./no-overlap";
import { privateControlPlane } from "./private-control-plane";
import { tagsPresent } from "./tags-present";

/** `prod`, `production`, and names that start with either and a dash. */
const isProduction = (environment: string) => /^prod(uction)?(-|$)/.test(environment);

/** The policy used without `--policy`. */
export const DEFAULT_RULES: readonly Rule[] = [
  acknowledgedDestruction,
  addressesStay,
  cidrsInLock,
  noOverlap,
  tagsPresent(["environment", "managed_by"]),
  privateControlPlane(isProduction),
];
