import { NETWORK } from "./environment";

/** Number of steps in the key of an application pool: `<cloud>/<region>/<environment>/<application>`. */
const POOL_STEPS = 4;

/** The environments that own the blocks of some keys. */
export class BlockEnvironments {
  private readonly names: readonly string[];

  /** @param keys every key of the plan: those of application pools and clusters tell the environments' names */
  constructor(keys: Iterable<string>) {
    const names = new Set<string>();
    for (const key of keys) {
      const steps = key.split("/");
      if (steps.length >= POOL_STEPS && steps[2] !== undefined) names.add(steps[2]);
    }
    // The longest first: of `dev` and `dev-eu`, the pool `dev-eu-pods` belongs to the second.
    this.names = [...names].sort((a, b) => b.length - a.length);
  }

  /** The environment of a block; undefined for a block above the environments. */
  of(key: string): string | undefined {
    const steps = key.split("/");
    const [, , environment] = steps;
    if (environment === undefined || steps.length >= POOL_STEPS) return environment;
    // The pool of an environment: `<environment>`, `<environment>-<space>`, and `…#2` for a further CIDR.
    const pool = environment.replace(/#\d+$/, "");
    return this.names.find((name) => pool === name || pool.startsWith(`${name}-`)) ?? pool;
  }
}

/**
 * The environment that reviews a block: its own; the network for blocks above the environments, and for those of
 * environments that have no app.
 *
 * @param apps environments that have an app, at least one
 */
export function reviewerOf(environment: string | undefined, apps: readonly string[]): string {
  if (environment !== undefined && apps.includes(environment)) return environment;
  return apps.includes(NETWORK) ? NETWORK : (apps[0] ?? NETWORK);
}
