import { z } from "zod";

import { count } from "../capacity/capacity-of";
import { Prefix } from "../prefix/prefix";
import { suggestion } from "../message/suggestion";

type Refusal = { readonly code?: string; readonly input?: unknown; readonly keys?: readonly string[] };

/** Says that a value is missing or wrong. @param what what is needed, with its bounds */
function needs(what: string): (refusal: Refusal) => string {
  return ({ input }) =>
    input === undefined ? `missing; give ${what}` : `${JSON.stringify(input)} is not ${what}`;
}

/** An object that refuses unknown keys and names the nearest known one. */
function strict<Shape extends z.ZodRawShape>(shape: Shape) {
  const known = Object.keys(shape);
  return z.strictObject(shape, {
    error: (refusal: Refusal) =>
      refusal.code === "unrecognized_keys"
        ? `unknown key ${refusal.keys![0]}${suggestion(refusal.keys![0]!, known)}`
        : needs(`an object with ${known.join(", ")}`)(refusal),
  });
}

function integer(least: number, most: number) {
  const error = needs(`a whole number from ${count(least)} to ${count(most)}`);
  return z.number({ error }).int({ error }).min(least, { error }).max(most, { error });
}

function text(what: string) {
  const error = needs(what);
  return z.string({ error }).trim().min(1, { error });
}

function name(longest: number) {
  const error = needs(`a name of 2 to ${longest} of a–z, 0–9 and '-' that starts with a letter, no '-' last`);
  return z
    .string({ error })
    .max(longest, { error })
    .regex(/^[a-z][a-z0-9-]*[a-z0-9]$/, { error });
}

const blockSize = needs("a block size from /1 to /28 such as /16");
const netmask = z
  .string({ error: blockSize })
  .regex(/^\/([1-9]|1\d|2[0-8])$/, { error: blockSize })
  .transform((size) => Number(size.slice(1)));

const cidr = text("an IPv4 prefix").transform((value, context) => {
  try {
    return Prefix.parse(value, 4);
  } catch (error) {
    context.addIssue({ code: "custom", message: (error as Error).message });
    return z.NEVER;
  }
});

// A pool of the pod space is called like its sibling with "-pods" behind it, so no environment may be.
const environmentName = name(20).refine((value) => !value.endsWith("-pods"), {
  error: ({ input }: Refusal) =>
    `${JSON.stringify(input)} ends with -pods, which names an environment's pod pools; use another ending`,
});

const instanceShape = strict({
  enis: integer(1, 32),
  addressesPerEni: integer(2, 100),
  vcpus: integer(1, 1024),
});

const shared = {
  environment: text("the name of an environment"),
  region: text("the name of a region"),
  zones: z
    .array(text("the name of a zone"), { error: needs("a list of zones") })
    .min(1, { error: () => "at least one zone is needed" })
    .max(6, { error: () => "at most 6 zones are possible" }),
  nodes: integer(1, 15_000),
  pods: integer(1, 1_000_000),
  growthPercent: integer(0, 1_000).default(0),
};

const awsCluster = strict({
  cloud: z.literal("aws"),
  ...shared,
  instanceType: text("an EC2 instance type"),
  instanceShape: instanceShape.optional(),
  podsPerNode: integer(1, 250).optional(),
});

const googleCluster = strict({
  cloud: z.literal("google"),
  ...shared,
  podsPerNode: integer(8, 256).default(110),
});

const cluster = z.discriminatedUnion("cloud", [awsCluster, googleCluster], {
  error: (refusal: Refusal) =>
    typeof refusal.input === "object" && refusal.input !== null
      ? `${JSON.stringify((refusal.input as { cloud?: unknown }).cloud) ?? "nothing"} is no cloud; use aws or google`
      : needs("a cluster")(refusal),
});

function map<Key extends z.core.$ZodRecordKey, Value extends z.ZodType>(
  key: Key,
  value: Value,
  what: string,
) {
  return z.record(key, value, { error: needs(`a map of ${what}`) });
}

/**
 * The address plan as it is written in `addresses.yaml`; README.md explains every key. Block sizes are netmask
 * lengths (`/16`), CIDRs are strict, unknown keys are refused.
 */
export const planSchema = strict({
  /** Who owns the address space, for people. */
  organisation: text("the name of the organisation"),
  /** The private space from which everything is cut. */
  spaces: strict({
    /** VPCs, nodes and all of GKE. */
    primary: cidr,
    /** Pods and growth of EKS, as secondary CIDRs. */
    pods: cidr,
  }),
  /** Ranges that live elsewhere: nothing is allocated in them. */
  reserved: z
    .array(strict({ cidr, owner: text("an owner"), routed: z.boolean().default(true) }), {
      error: needs("a list of reserved ranges"),
    })
    .default([]),
  /** The regions of each cloud, with the block each gets. */
  regions: strict({
    aws: map(text("a Region"), strict({ primary: netmask, pods: netmask }), "AWS Regions").default({}),
    google: map(text("a region"), strict({ primary: netmask }), "Google regions").default({}),
  }),
  /** The blocks an environment gets in every region where it has a cluster. */
  environments: map(
    environmentName,
    strict({
      aws: strict({ primary: netmask, eks: netmask, pods: netmask, eksPods: netmask }).optional(),
      google: strict({ primary: netmask, gke: netmask }).optional(),
    }),
    "environments",
  ),
  // 40 is the longest name of a GKE cluster; the names of what belongs to it add to that.
  clusters: map(name(40), cluster, "clusters"),
});

/** The address plan, checked: defaults filled in, sizes as numbers, CIDRs as `Prefix`. */
export type PlanDefinition = z.output<typeof planSchema>;
/** The address plan as a program or a YAML file writes it. */
export type PlanDefinitionInput = z.input<typeof planSchema>;
/** One EKS cluster of the plan. */
export type AwsClusterDefinition = z.output<typeof awsCluster>;
/** One GKE cluster of the plan. */
export type GoogleClusterDefinition = z.output<typeof googleCluster>;
/** One cluster of the plan. */
export type ClusterDefinition = z.output<typeof cluster>;
