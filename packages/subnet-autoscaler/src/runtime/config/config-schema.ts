import { Prefix } from "@cluster-ipam/address-plan";
import * as z from "zod/mini";

import { AutoscalerError } from "./autoscaler-error";
import { type AutoscalerConfig, CONFIG_VARIABLE } from "./config";

const within = (least: number, most: number) =>
  z
    .int(`a whole number from ${least} to ${most}`)
    .check(
      z.minimum(least, `a whole number from ${least} to ${most}`),
      z.maximum(most, `a whole number from ${least} to ${most}`),
    );
const text = z.string("a text").check(z.minLength(1, "a text that is not empty"));
const id = (kind: string) =>
  z.string(`an id such as ${kind}-0abc`).check(z.startsWith(`${kind}-`, `an id such as ${kind}-0abc`));
const cidr = z
  .string("an IPv4 CIDR")
  .check(z.refine(isVpcCidr, "a canonical IPv4 CIDR, /16 to /28, such as 100.64.64.0/18"));

function isVpcCidr(value: string): boolean {
  try {
    const { length } = Prefix.parse(value, 4);
    return length >= 16 && length <= 28;
  } catch {
    return false;
  }
}

const policy = z.strictObject({
  leadTimeMinutes: within(1, 1440),
  floorPrefixes: within(1, 4096),
  netmaskLengths: z.array(within(16, 26)).check(z.minLength(1, "at least one netmask length")),
  maxSubnets: within(1, 200),
  coolDownMinutes: within(0, 1440),
  budgets: z.strictObject({
    subnetsPerDay: within(1, 200),
    addresses: z.optional(within(64, 2 ** 32)),
  }),
  nodeFloorAddresses: within(0, 4096),
  reclaim: z.optional(
    z.strictObject({ emptyMinutes: within(5, 10_080), quarantineMinutes: within(5, 10_080) }),
  ),
  planningPoolId: z.optional(id("ipam-pool")),
});

const config = z.strictObject({
  cluster: text,
  region: text,
  vpcId: id("vpc"),
  growthPools: z.strictObject({
    ipamPoolId: z.optional(id("ipam-pool")),
    cidrs: z.array(cidr).check(z.minLength(1, "at least one CIDR")),
    attachCidrs: z.optional(z.array(cidr)),
  }),
  zones: z
    .array(z.strictObject({ zone: text, referenceSubnetId: z.optional(id("subnet")) }))
    .check(z.minLength(1, "at least one zone")),
  policy,
  mode: z.enum(["act", "dry-run", "approve"], "act, dry-run or approve"),
  quotas: z.strictObject({ subnetsPerVpc: within(1, 10_000), cidrsPerVpc: within(1, 50) }),
  eventBusName: z.optional(text),
  metricNamespace: text,
  selfManagedCni: z.optional(
    z.strictObject({ version: text, prefixDelegation: z.boolean(), customNetworking: z.boolean() }),
  ),
  nodeShape: z.optional(z.strictObject({ enis: within(1, 100), addressesPerEni: within(2, 100) })),
});

/**
 * Reads a configuration.
 *
 * @param source its JSON; undefined when the variable is not set
 * @throws AutoscalerError that names the first wrong value and its bound
 */
export function parseConfig(source: string | undefined): AutoscalerConfig {
  if (source === undefined || source === "")
    throw new AutoscalerError(CONFIG_VARIABLE, "it is not set; deploy the function with its construct");
  const parsed = config.safeParse(parseJson(source));
  if (!parsed.success) {
    const issue = parsed.error.issues[0]!;
    const path = issue.path.map((key) => (typeof key === "number" ? `[${key}]` : `.${String(key)}`)).join("");
    const keys = issue.code === "unrecognized_keys" ? `no key ${issue.keys.join(", ")}` : issue.message;
    throw new AutoscalerError(`${CONFIG_VARIABLE}${path}`, `expected ${keys}; deploy the construct again`);
  }
  return checkSpace(parsed.data as AutoscalerConfig);
}

function parseJson(source: string): unknown {
  try {
    return JSON.parse(source);
  } catch (error) {
    throw new AutoscalerError(CONFIG_VARIABLE, "it is no JSON; deploy the function with its construct", {
      cause: error,
    });
  }
}

function checkSpace(config: AutoscalerConfig): AutoscalerConfig {
  const { cidrs, attachCidrs = [], ipamPoolId } = config.growthPools;
  const path = `${CONFIG_VARIABLE}.growthPools`;
  const blocks = cidrs.map((text) => Prefix.parse(text));
  blocks.forEach((block, index) => {
    const other = blocks.slice(0, index).find((earlier) => earlier.overlaps(block));
    if (other) throw new AutoscalerError(`${path}.cidrs`, `${block} overlaps ${other}; leave one out`);
  });
  const outside = attachCidrs.find((text) => !cidrs.includes(text));
  if (outside !== undefined)
    throw new AutoscalerError(`${path}.attachCidrs`, `${outside} is not one of cidrs; add it there`);
  if (attachCidrs.length > 0 && ipamPoolId === undefined)
    throw new AutoscalerError(`${path}.ipamPoolId`, "attachCidrs come from an IPAM pool; name it");
  return config;
}
