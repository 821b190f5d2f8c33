import { z } from "zod";

import { GKE_PODS_PER_NODE } from "../cloud/gke-ranges";
import { formatCount } from "../message/format-count";
import { suggestion } from "../message/suggestion";
import { Prefix } from "../prefix/prefix";

type Issue = { readonly code?: string; readonly input?: unknown; readonly keys?: readonly string[] };

/** The message for a missing or invalid value. @param expected the expected value, with its bounds */
function mustBe(expected: string): (issue: Issue) => string {
  return ({ input }) =>
    input === undefined ? `missing; set ${expected}` : `${JSON.stringify(input)} is not ${expected}`;
}

/** An object that rejects unknown keys and suggests the nearest known one. */
function strict<Shape extends z.ZodRawShape>(shape: Shape) {
  const known = Object.keys(shape);
  return z.strictObject(shape, {
    error: (issue: Issue) =>
      issue.code === "unrecognized_keys"
        ? `unknown key ${issue.keys![0]}${suggestion(issue.keys![0]!, known)}`
        : mustBe(`an object with ${known.join(", ")}`)(issue),
  });
}

// Each of these has one check: a fleet has 10,000 clusters with a dozen values each.

function integer(least: number, most: number) {
  const error = mustBe(`a whole number from ${formatCount(least)} to ${formatCount(most)}`);
  const isValid = (value: number) => Number.isInteger(value) && value >= least && value <= most;
  return z.number({ error }).refine(isValid, { error });
}

function text(expected: string) {
  const error = mustBe(expected);
  return z.string({ error }).check((payload) => {
    payload.value = payload.value.trim();
    const { value: input } = payload;
    if (input === "") payload.issues.push({ code: "custom", input, message: error({ input }) });
  });
}

function name(longest: number) {
  const error = mustBe(
    `a name of 2 to ${longest} characters from a–z, 0–9 and '-' that starts with a letter and does not end with '-'`,
  );
  return z.string({ error }).regex(new RegExp(`^[a-z][a-z0-9-]{0,${longest - 2}}[a-z0-9]$`), { error });
}

/** A block size. @param longest netmask length of the smallest block */
function netmask(longest: number) {
  const error = mustBe(`a block size from /1 to /${longest} such as /16`);
  return z
    .string({ error })
    .refine((size) => /^\/[1-9]\d?$/.test(size) && Number(size.slice(1)) <= longest, { error })
    .transform((size) => Number(size.slice(1)));
}

const blockSize = netmask(28);
// A smaller pool has no room for a CIDR in which a subnet has usable /28 prefixes.
const growthSize = netmask(26);

const cidr = text("an IPv4 prefix").transform((value, context) => {
  try {
    return Prefix.parse(value, 4);
  } catch (error) {
    context.addIssue({ code: "custom", message: (error as Error).message });
    return z.NEVER;
  }
});

// An application's pools are named after it, so no space may have one of these names.
const RESERVED_SPACES = ["eks", "eksPods", "eksGrowth", "gke", "gkePods", "nodesFrom", "podsFrom"];
const spaceName = name(20).refine((value) => !RESERVED_SPACES.includes(value), {
  error: ({ input }: Issue) =>
    `${JSON.stringify(input)} is the name of a setting; use another name for the space`,
});

const space = z.union([cidr.transform((only) => [only]), z.array(cidr).min(1)], {
  error: (issue: Issue & { errors?: readonly (readonly { message?: string }[])[] }) =>
    issue.errors?.flat()[0]?.message ?? mustBe("an IPv4 prefix or a list of them")(issue),
});

/** The size of a block in each space, and further settings. Whether the other keys are spaces is checked later. */
function sizesBySpace<Shape extends z.ZodRawShape>(settings: Shape) {
  return z.object(settings, { error: mustBe("a map of spaces and block sizes") }).catchall(blockSize);
}

const instanceShape = strict({
  enis: integer(1, 32),
  addressesPerEni: integer(2, 100),
  vcpus: integer(1, 1024),
});

const shared = {
  environment: text("the name of an environment"),
  region: text("the name of a region"),
  zones: z
    .array(text("the name of a zone"), { error: mustBe("a list of zones") })
    .min(1, { error: () => "no zones; list 1 to 6 zones" })
    .max(6, { error: () => "more than 6 zones; list 1 to 6 zones" }),
  nodes: integer(1, 15_000),
  pods: integer(1, 1_000_000),
  growthPercent: integer(0, 1_000).default(0),
  renamedFrom: text("the name of a cluster").optional(),
};

const instanceTypes = z.union(
  [text("an EC2 instance type").transform((only) => [only]), z.array(text("an EC2 instance type")).min(1)],
  { error: mustBe("an EC2 instance type, a family such as m7i, or a list of them") },
);

const adopted = strict({
  /** Pods that the node subnets hold: pod subnets are added for the others. */
  podsInNodeSubnets: integer(0, 1_000_000),
});

const awsCluster = strict({
  cloud: z.literal("aws"),
  ...shared,
  /** The network was there before the plan: its subnets stay as they are, and only growth adds to them. */
  adopted: adopted.optional(),
  instanceType: instanceTypes,
  instanceShape: instanceShape.optional(),
  reservedEnis: integer(0, 14).default(0),
  provisioner: z
    .enum(["node-groups", "karpenter", "auto-mode"], {
      error: mustBe("node-groups, karpenter or auto-mode"),
    })
    .default("node-groups"),
  churnPercent: integer(0, 100).optional(),
  fargatePods: integer(0, 100_000).default(0),
  podsPerNode: integer(1, 250).optional(),
  vpcCidr: z
    .enum(["planned", "ipam-assigned"], { error: mustBe("planned or ipam-assigned") })
    .default("planned"),
  vpcCidrQuota: integer(5, 50).default(5),
});

const googleCluster = strict({
  cloud: z.literal("google"),
  ...shared,
  autopilot: z.boolean({ error: mustBe("true or false") }).default(false),
  podsPerNode: integer(8, 256).optional(),
}).transform((definition) => ({
  ...definition,
  podsPerNode: definition.podsPerNode ?? GKE_PODS_PER_NODE[definition.autopilot ? "autopilot" : "standard"],
}));

const cluster = z.discriminatedUnion("cloud", [awsCluster, googleCluster], {
  error: (issue: Issue) =>
    typeof issue.input === "object" && issue.input !== null
      ? `${JSON.stringify((issue.input as { cloud?: unknown }).cloud) ?? "nothing"} is not a supported cloud; use aws or google`
      : mustBe("a cluster")(issue),
});

function map<Key extends z.core.$ZodRecordKey, Value extends z.ZodType>(
  key: Key,
  value: Value,
  values: string,
) {
  return z.record(key, value, { error: mustBe(`a map of ${values}`) });
}

/**
 * The schema of `addresses.yaml`. The README explains every key. Block sizes are netmask lengths (`/16`); CIDRs must
 * not have host bits; unknown keys are rejected.
 */
export const planSchema = strict({
  /** Owner of the address space, for display. */
  organisation: text("the name of the organisation"),
  /** The ranges that everything is allocated from, by name: one CIDR or a list. */
  spaces: map(spaceName, space, "spaces"),
  /** Ranges in use elsewhere. Nothing is allocated in them. */
  reserved: z
    .array(strict({ cidr, owner: text("an owner"), routed: z.boolean().default(true) }), {
      error: mustBe("a list of reserved ranges"),
    })
    .default([]),
  /** The regions of each cloud and the size of their block in each space. */
  regions: strict({
    aws: map(text("a Region"), sizesBySpace({}), "AWS Regions").default({}),
    google: map(text("a region"), sizesBySpace({}), "Google regions").default({}),
  }),
  /** The sizes of the blocks of an environment, by space, in every region where it has a cluster. */
  environments: map(
    name(20),
    strict({
      aws: sizesBySpace({
        eks: blockSize,
        eksPods: blockSize.optional(),
        eksGrowth: growthSize.optional(),
        nodesFrom: text("the name of a space").default("primary"),
        podsFrom: text("the name of a space").default("pods"),
      }).optional(),
      google: sizesBySpace({
        gke: blockSize,
        gkePods: blockSize.optional(),
        nodesFrom: text("the name of a space").default("primary"),
        podsFrom: text("the name of a space").default("primary"),
      }).optional(),
    }),
    "environments",
  ),
  // 40 is the longest name of a GKE cluster.
  clusters: map(name(40), cluster, "clusters"),
});

/** A validated address plan: defaults applied, sizes as numbers, CIDRs as `Prefix`. */
export type PlanDefinition = z.output<typeof planSchema>;
/** An address plan as written in a program or a YAML file. */
export type PlanDefinitionInput = z.input<typeof planSchema>;
/** One EKS cluster of the plan. */
export type AwsClusterDefinition = z.output<typeof awsCluster>;
/** One GKE cluster of the plan. */
export type GoogleClusterDefinition = z.output<typeof googleCluster>;
/** One cluster of the plan. */
export type ClusterDefinition = z.output<typeof cluster>;
