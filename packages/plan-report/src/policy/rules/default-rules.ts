import { type Rule } from "../policy";
import { acknowledgedDestruction } from "./acknowledged-destruction";
import { cidrsInLock } from "./cidrs-in-lock";
import { noOverlap } from "./no-overlap";
import { privateControlPlane } from "./private-control-plane";
import { tagsPresent } from "./tags-present";

/** `prod`, `production` and what begins with them and a dash. */
const isProduction = (environment: string) => /^prod(uction)?(-|$)/.test(environment);

/** The policy where a team names no other. */
export const DEFAULT_RULES: readonly Rule[] = [
  acknowledgedDestruction,
  cidrsInLock,
  noOverlap,
  tagsPresent(["environment", "managed_by"]),
  privateControlPlane(isProduction),
];

export { acknowledgedDestruction, cidrsInLock, noOverlap, privateControlPlane, tagsPresent };
