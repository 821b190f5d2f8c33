import { Prefix } from "@cluster-ipam/address-plan/prefix";
import * as z from "zod/mini";

import { AutoscalerError } from "../errors/autoscaler-error";
import { type AutoscalerConfig, CONFIG_VARIABLE } from "./config";

const wholeNumber = (min: number, max: number) =>
  z
    .int(`a whole number from ${min} to ${max}`)
    .check(
      z.minimum(min, `a whole number from ${min} to ${max}`),
      z.maximum(max, `a whole number from ${min} to ${max}`),
    );
const text = z.string("a string").check(z.minLength(1, "a non-empty string"));
const id = (kind: string) =>
  z.string(`an ID such as ${kind}-0abc`).check(z.startsWith(`${kind}-`, `an ID such as ${kind}-0abc`));
const ipv4Cidr = (shortest: number, longest: number) =>
  z
    .string("an IPv4 CIDR")
    .check(
      z.refine(
        (value) => isCanonical(value, shortest, longest),
        `a canonical IPv4 CIDR, /${shortest} to /${longest}, such as 100.64.64.0/18`,
      ),
    );
const vpcCidr = ipv4Cidr(16, 28);
const poolCidr = ipv4Cidr(8, 26);

function isCanonical(value: string, shortest: number, longest: number): boolean {
  try {
    const { length } = Prefix.parse(value, 4);
    return length >= shortest && length <= longest;
  } catch {
    return false;
  }
}

const policy = z.strictObject({
  leadTimeMinutes: wholeNumber(1, 1440),
  floorPrefixes: wholeNumber(1, 4096),
  netmaskLengths: z.array(wholeNumber(16, 26)).check(z.minLength(1, "at least one netmask length")),
  maxSubnets: wholeNumber(1, 200),
  coolDownMinutes: wholeNumber(0, 1440),
  budgets: z.strictObject({
    subnetsPerDay: wholeNumber(1, 200),
    addresses: z.optional(wholeNumber(64, 2 ** 32)),
  }),
  nodeFloorAddresses: wholeNumber(0, 4096),
  attachLeadMinutes: z.optional(wholeNumber(0, 1440)),
  reclaim: z.optional(
    z.strictObject({ emptyMinutes: wholeNumber(5, 10_080), quarantineMinutes: wholeNumber(5, 10_080) }),
  ),
  planningPoolId: z.optional(id("ipam-pool")),
});

const config = z.strictObject({
  cluster: text,
  region: text,
  vpcId: id("vpc"),
  growthPools: z.strictObject({
    ipamPoolId: z.optional(id("ipam-pool")),
    cidrs: z.array(vpcCidr),
    attachCidrs: z.optional(z.array(vpcCidr)),
    drainCidrs: z.optional(z.array(vpcCidr)),
    shared: z.optional(
      z.strictObject({
        ipamPoolId: id("ipam-pool"),
        cidrs: z.array(poolCidr),
        drainCidrs: z.optional(z.array(poolCidr)),
      }),
    ),
  }),
  zones: z
    .array(
      z.strictObject({
        zone: text,
        referenceSubnetId: z.optional(id("subnet")),
        draining: z.optional(z.boolean()),
      }),
    )
    .check(z.minLength(1, "at least one zone")),
  policy,
  mode: z.enum(["act", "dry-run", "approve"], "act, dry-run or approve"),
  quotas: z.strictObject({ subnetsPerVpc: wholeNumber(1, 10_000), cidrsPerVpc: wholeNumber(1, 50) }),
  eventBusName: z.optional(text),
  metricNamespace: text,
  subnetTags: z.optional(z.record(text, z.string("a string"))),
  openTags: z.optional(z.record(text, z.string("a string"))),
  writer: z.optional(text),
  selfManagedCni: z.optional(
    z.strictObject({ version: text, prefixDelegation: z.boolean(), customNetworking: z.boolean() }),
  ),
  nodeShape: z.optional(z.strictObject({ enis: wholeNumber(1, 100), addressesPerEni: wholeNumber(2, 100) })),
});

/**
 * Parses and validates a configuration.
 *
 * @param source the JSON text; undefined when the variable is not set
 * @throws AutoscalerError that names the first invalid value and its bound
 */
export function parseConfig(source: string | undefined): AutoscalerConfig {
  if (source === undefined || source === "")
    throw new AutoscalerError(CONFIG_VARIABLE, "not set; deploy the function with its construct");
  const parsed = config.safeParse(parseJson(source));
  if (!parsed.success) {
    const issue = parsed.error.issues[0]!;
    const path = issue.path.map((key) => (typeof key === "number" ? `[${key}]` : `.${String(key)}`)).join("");
    const expected = issue.code === "unrecognized_keys" ? `no key ${issue.keys.join(", ")}` : issue.message;
    throw new AutoscalerError(`${CONFIG_VARIABLE}${path}`, `expected ${expected}; redeploy the construct`);
  }
  return checkGrowthPools(parsed.data as AutoscalerConfig);
}

function parseJson(source: string): unknown {
  try {
    return JSON.parse(source);
  } catch (error) {
    throw new AutoscalerError(CONFIG_VARIABLE, "not valid JSON; deploy the function with its construct", {
      cause: error,
    });
  }
}

function checkGrowthPools(config: AutoscalerConfig): AutoscalerConfig {
  const { cidrs, attachCidrs = [], drainCidrs = [], shared, ipamPoolId } = config.growthPools;
  const path = `${CONFIG_VARIABLE}.growthPools`;
  if (cidrs.length + drainCidrs.length === 0 && shared === undefined)
    throw new AutoscalerError(`${path}.cidrs`, "expected at least one CIDR; redeploy the construct");
  const pool = [...(shared?.cidrs ?? []), ...(shared?.drainCidrs ?? [])];
  if (shared !== undefined && pool.length === 0)
    throw new AutoscalerError(`${path}.shared.cidrs`, "expected at least one CIDR; redeploy the construct");
  const blocks = [...cidrs, ...drainCidrs, ...pool].map((text) => Prefix.parse(text));
  blocks.forEach((block, index) => {
    const other = blocks.slice(0, index).find((earlier) => earlier.overlaps(block));
    if (other) throw new AutoscalerError(`${path}.cidrs`, `${block} overlaps ${other}; remove one of them`);
  });
  const outside = attachCidrs.find((text) => !cidrs.includes(text));
  if (outside !== undefined)
    throw new AutoscalerError(`${path}.attachCidrs`, `${outside} is not in cidrs; add it there`);
  if (attachCidrs.length > 0 && ipamPoolId === undefined)
    throw new AutoscalerError(
      `${path}.ipamPoolId`,
      "not set, but attachCidrs are allocated from an IPAM pool; set its ID",
    );
  return config;
}
