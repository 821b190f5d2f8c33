import { type z } from "zod";

import { INSTANCE_TYPES, podSubnetProblem } from "../cloud/instance-types";
import { vpcCidrConflict } from "../cloud/vpc-cidr";
import { EKS_DISALLOWED_ZONE_IDS, REGIONS } from "../cloud/regions";
import { AddressPlanError } from "../message/address-plan-error";
import { formatCount } from "../message/format-count";
import { suggestion } from "../message/suggestion";
import { Prefix } from "../prefix/prefix";
import { freeBlocks } from "../prefix/prefix-set";
import { eksPodsPerNode, eksPodsPerNodeLimit, instanceTypesOf } from "./eks-node";
import { blockSize, SHARED_GROWTH } from "./pool-settings";
import {
  type AwsClusterDefinition,
  type ClusterDefinition,
  type PlanDefinition,
  planSchema,
} from "./plan-definition";

type Path = readonly PropertyKey[];
interface Problem {
  readonly path: Path;
  readonly message: string;
}

/**
 * Validates a plan: its schema, then the references and bounds across it.
 *
 * @param describe formats the path of a value for errors @default `clusters.prod-search.region`
 * @throws AddressPlanError for the first problem, with the number of others
 */
export function checkDefinition(
  input: unknown,
  describe: (path: Path) => string = (path) => path.map(String).join(".") || "plan",
): PlanDefinition {
  const result = planSchema.safeParse(input);
  const problems = result.success
    ? crossChecks(result.data)
    : [...result.error.issues].sort(misspelledFirst).map(problemOf);
  const [first, ...others] = problems;
  if (first !== undefined) {
    const more = others.length > 0 ? ` (and ${others.length} more)` : "";
    throw new AddressPlanError(describe(first.path), `${first.message}${more}`);
  }
  return result.data!;
}

/** A misspelled key is also a missing key; the misspelling is the more useful error. */
function misspelledFirst(a: z.core.$ZodIssue, b: z.core.$ZodIssue): number {
  return Number(b.code === "unrecognized_keys") - Number(a.code === "unrecognized_keys");
}

function problemOf(issue: z.core.$ZodIssue): Problem {
  const inner = issue.code === "invalid_key" ? issue.issues[0] : undefined;
  const path = issue.code === "unrecognized_keys" ? [...issue.path, issue.keys[0]!] : issue.path;
  return { path, message: inner?.message ?? issue.message };
}

function crossChecks(plan: PlanDefinition): Problem[] {
  const problems = [
    ...spaceProblems(plan),
    ...sizeProblems(plan),
    ...renameProblems(plan),
    ...vpcProblems(plan),
    ...regionProblems(plan),
  ];
  for (const name of Object.keys(plan.clusters))
    checkCluster(plan, plan.clusters[name]!, (path, message) =>
      problems.push({ path: ["clusters", name, ...path], message }),
    );
  return problems;
}

function* regionProblems({ regions }: PlanDefinition): Generator<Problem> {
  for (const cloud of ["aws", "google"] as const)
    for (const region of Object.keys(regions[cloud]))
      if (!REGIONS[cloud].has(region))
        yield {
          path: ["regions", cloud, region],
          message: `unknown ${cloud} region ${region}${suggestion(region, [...REGIONS[cloud].keys()])}`,
        };
}

function* spaceProblems({ spaces, reserved }: PlanDefinition): Generator<Problem> {
  const all = Object.entries(spaces).flatMap(([name, cidrs]) =>
    cidrs.map((cidr, index) => ({ name, cidr, index })),
  );
  if (all.length === 0)
    yield { path: ["spaces"], message: "no spaces; add one, such as primary: 10.0.0.0/8" };
  for (const [at, { name, cidr, index }] of all.entries()) {
    const path = ["spaces", name, ...(spaces[name]!.length > 1 ? [index] : [])];
    const other = all.slice(0, at).find((earlier) => earlier.cidr.overlaps(cidr));
    if (other)
      yield {
        path,
        message: `${cidr} overlaps ${other.cidr} of ${other.name === name ? "the same space" : `the space ${other.name}`}; use another range such as ${unusedRange(all.map((entry) => entry.cidr)) ?? PUBLIC_RANGE}`,
      };
    if (cidr.length < 4 || cidr.length > 24)
      yield { path, message: `${cidr} is too small or too large for a space; use /4 to /24` };
  }
  for (const [index, entry] of reserved.entries()) {
    const same = reserved.slice(0, index).find((earlier) => earlier.cidr.equals(entry.cidr));
    if (same)
      yield {
        path: ["reserved", index, "cidr"],
        message: `${entry.cidr} is listed twice (${same.owner}); remove one of them`,
      };
  }
}

/** Ranges for spaces, in the order in which they are suggested. */
const RANGES = ["10.0.0.0/8", "100.64.0.0/10", "172.16.0.0/12", "192.168.0.0/16"];

/** The suggestion when no private range is left. */
export const PUBLIC_RANGE = "a public range that you own";

/**
 * A range that overlaps none of the given ones, or the largest free part of one.
 *
 * @param longest netmask length of the smallest useful part
 * @param accepts whether a range is useful @default any
 * @returns undefined if no private range is left
 */
export function unusedRange(
  taken: readonly Prefix[],
  longest = 16,
  accepts: (range: Prefix) => boolean = () => true,
): Prefix | undefined {
  for (const range of RANGES) {
    const free = freeBlocks(Prefix.parse(range), taken);
    const [widest] = free.filter(accepts).sort((a, b) => a.length - b.length);
    if (widest !== undefined && widest.length <= longest) return widest;
  }
  return undefined;
}

function* sizeProblems(plan: PlanDefinition): Generator<Problem> {
  const spaces = Object.keys(plan.spaces);
  const unknown = (space: string) => `unknown key ${space}${suggestion(space, spaces)}`;
  for (const name of Object.keys(plan.environments)) {
    const space = spaces.find((other) => other !== "primary" && name.endsWith(`-${other}`));
    if (space !== undefined)
      yield {
        path: ["environments", name],
        message: `"${name}" ends with -${space}, like the pools of the space ${space}; use another ending`,
      };
  }
  for (const cloud of ["aws", "google"] as const) {
    for (const [region, sizes] of Object.entries(plan.regions[cloud]))
      for (const space of Object.keys(sizes))
        if (!spaces.includes(space))
          yield { path: ["regions", cloud, region, space], message: unknown(space) };
    for (const [name, environment] of Object.entries(plan.environments)) {
      const sizes = environment[cloud];
      if (sizes === undefined) continue;
      const path = ["environments", name, cloud];
      const { nodesFrom, podsFrom } = sizes;
      const [nodes, pods] = cloud === "aws" ? ["eks", "eksPods"] : ["gke", "gkePods"];
      const known = [nodes!, pods!, ...(cloud === "aws" ? [SHARED_GROWTH] : []), "nodesFrom", "podsFrom"];
      for (const key of Object.keys(sizes))
        if (!known.includes(key) && !spaces.includes(key))
          yield {
            path: [...path, key],
            message: `unknown key ${key}${suggestion(key, [...known, ...spaces])}`,
          };
      for (const [setting, space] of Object.entries({ nodesFrom, podsFrom }))
        if (!spaces.includes(space))
          yield { path: [...path, setting], message: `no space ${space}${suggestion(space, spaces)}` };
        else if (blockSize(sizes, space) === undefined)
          yield { path: [...path, space], message: `missing; set a block size from /1 to /28 such as /16` };
      if (nodesFrom !== podsFrom && sizes[pods as "eksPods"] === undefined)
        yield { path: [...path, pods!], message: "missing; set a block size from /1 to /28 such as /16" };
      if (nodesFrom === podsFrom && sizes[pods as "eksPods"] !== undefined)
        yield {
          path: [...path, pods!],
          message: `nodes and pods come from the same space ${nodesFrom}, where ${nodes} is the pool of both; remove ${pods}`,
        };
    }
  }
}

/** AWS does not combine all ranges in one VPC: the nodes are in its primary CIDR, the pods in additional ones. */
function* vpcProblems({ environments, spaces, clusters }: PlanDefinition): Generator<Problem> {
  const used = new Set(Object.values(clusters).map(({ cloud, environment }) => `${cloud} ${environment}`));
  for (const [name, { aws }] of Object.entries(environments)) {
    const [nodes, pods] = [spaces[aws?.nodesFrom ?? ""] ?? [], spaces[aws?.podsFrom ?? ""] ?? []];
    if (aws === undefined || !used.has(`aws ${name}`) || nodes.length === 0 || pods.length === 0) continue;
    const conflict = vpcCidrConflict(nodes[0]!, pods[0]!);
    const some = nodes.some((primary) => pods.some((cidr) => vpcCidrConflict(primary, cidr) === undefined));
    if (!some)
      yield {
        path: ["spaces", aws.podsFrom],
        message: `${pods[0]} cannot be an additional CIDR of the VPCs of ${name} in ${nodes[0]}: ${conflict}; set spaces.${aws.podsFrom} to ${otherPodRange(spaces, nodes[0]!, aws.podsFrom)}`,
      };
  }
}

const SHARED = Prefix.parse("100.64.0.0/10");

function otherPodRange(spaces: PlanDefinition["spaces"], primary: Prefix, podsFrom: string): string {
  const others = Object.entries(spaces).flatMap(([name, cidrs]) => (name === podsFrom ? [] : cidrs));
  const fits =
    vpcCidrConflict(primary, SHARED) === undefined && !others.some((cidr) => cidr.overlaps(SHARED));
  return fits ? SHARED.toString() : PUBLIC_RANGE;
}

function* renameProblems({ clusters }: PlanDefinition): Generator<Problem> {
  const sources = new Map<string, string>();
  for (const name of Object.keys(clusters)) {
    const { renamedFrom } = clusters[name]!;
    if (renamedFrom === undefined) continue;
    const path = ["clusters", name, "renamedFrom"];
    if (Object.hasOwn(clusters, renamedFrom))
      yield {
        path,
        message: `${renamedFrom} is still in the plan; remove clusters.${renamedFrom}, or remove renamedFrom`,
      };
    const other = sources.get(renamedFrom);
    if (other !== undefined)
      yield {
        path,
        message: `${other} was renamed from ${renamedFrom} too; remove renamedFrom from one of them`,
      };
    sources.set(renamedFrom, name);
  }
}

/** Gets a problem of a cluster. @param path from the cluster on */
type Report = (path: Path, message: string) => void;

// Not generators like the checks above: a fleet has 10,000 clusters, nearly always without problems.
function checkCluster(plan: PlanDefinition, cluster: ClusterDefinition, report: Report): void {
  const { cloud, environment, region } = cluster;
  const isKnown = Object.hasOwn(plan.environments, environment);
  const settings = isKnown ? plan.environments[environment]![cloud] : undefined;
  if (!isKnown)
    report(
      ["environment"],
      `unknown environment ${environment}${suggestion(environment, Object.keys(plan.environments))}`,
    );
  else if (settings === undefined)
    report(
      ["environment"],
      `environment ${environment} has no blocks on ${cloud}; set environments.${environment}.${cloud} to ${environmentSizes(plan, cluster)}`,
    );
  const missing = settings === undefined ? undefined : missingSpace(plan.regions[cloud][region], settings);
  if (!Object.hasOwn(plan.regions[cloud], region))
    report(
      ["region"],
      REGIONS[cloud].has(region)
        ? `region ${region} has no block; set regions.${cloud}.${region} to ${regionSizes(plan, cluster)}`
        : `unknown ${cloud} region ${region}${suggestion(region, Object.keys(plan.regions[cloud]))}`,
    );
  else if (missing !== undefined)
    report(
      ["region"],
      `region ${region} has no block in the space ${missing}; set regions.${cloud}.${region}.${missing} to /${regionSize(blockSize(settings, missing))}`,
    );
  else checkZones(cluster, report);
  if (cluster.cloud === "aws") checkNodes(cluster, report);
  else checkPods(cluster, cluster.podsPerNode, report);
}

/** The space of an environment's nodes or pods in which a region has no block. */
function missingSpace(
  region: Readonly<Record<string, number>> | undefined,
  { nodesFrom, podsFrom }: { readonly nodesFrom: string; readonly podsFrom: string },
): string | undefined {
  if (blockSize(region, nodesFrom) === undefined) return nodesFrom;
  return blockSize(region, podsFrom) === undefined ? podsFrom : undefined;
}

/** A region's block has room for four environments. */
function regionSize(environment = 14): number {
  return Math.max(4, environment - 2);
}

/** The blocks that a cluster needs in its region. */
function regionSizes({ environments }: PlanDefinition, { cloud, environment }: ClusterDefinition): string {
  const settings = environments[environment]?.[cloud];
  const spaces = new Set([settings?.nodesFrom ?? "primary", settings?.podsFrom ?? "primary"]);
  const sizes = [...spaces].map((space) => `${space}: /${regionSize(blockSize(settings, space))}`);
  return `{ ${sizes.join(", ")} }`;
}

/** The blocks of an environment on a cloud, with the default spaces if the plan has them. */
function environmentSizes({ spaces, regions }: PlanDefinition, { cloud, region }: ClusterDefinition): string {
  const known = Object.keys(spaces);
  const from = (space: string) => (known.includes(space) ? space : known[0]!);
  const [nodes, pods] = [from("primary"), from(cloud === "aws" ? "pods" : "primary")];
  const size = (space: string) => Math.min(26, (blockSize(regions[cloud][region], space) ?? 12) + 2);
  const settings = [
    `${nodes}: /${size(nodes)}`,
    `${cloud === "aws" ? "eks" : "gke"}: /${size(nodes) + 1}`,
    ...(pods === nodes ? [] : [`${pods}: /${size(pods)}`, `eksPods: /${size(pods) + 1}`]),
    ...(nodes === "primary" ? [] : [`nodesFrom: ${nodes}`]),
    ...(pods === (cloud === "aws" ? "pods" : "primary") ? [] : [`podsFrom: ${pods}`]),
  ];
  return `{ ${settings.join(", ")} }`;
}

function checkZones({ cloud, region, zones }: ClusterDefinition, report: Report): void {
  const known = REGIONS[cloud].get(region) ?? [];
  zones.forEach((zone, index) => {
    const problem = (message: string) => report(["zones", index], message);
    if (zones.indexOf(zone) !== index) problem(`zone ${zone} is listed twice; list it once`);
    else if (EKS_DISALLOWED_ZONE_IDS.includes(zone))
      problem(`EKS does not create control planes in ${zone}; use another zone of ${region}`);
    else if (!known.includes(zone)) problem(`${zone} is not a zone of ${region}; use ${known.join(", ")}`);
  });
  if (cloud === "aws" && zones.length < 2)
    report(
      ["zones"],
      `EKS needs subnets in at least 2 zones, not ${zones.length}; add one of ${known.filter((zone) => !zones.includes(zone)).join(", ")}`,
    );
}

function checkNodes(cluster: AwsClusterDefinition, report: Report): void {
  const { instanceType, instanceShape, podsPerNode } = cluster;
  const problem = instanceShape === undefined ? typesProblem(cluster) : shapeProblem(cluster);
  if (problem !== undefined) {
    report(["instanceType"], problem);
    return;
  }
  const limit = eksPodsPerNodeLimit(cluster);
  if (podsPerNode !== undefined && podsPerNode > limit)
    report(
      ["podsPerNode"],
      `${podsPerNode} pods per node exceed the ${limit} that ${instanceType.join(", ")} ${instanceType.length > 1 ? "all support" : "supports"} in pod subnets; use ${limit} or a larger type`,
    );
  checkPods(cluster, eksPodsPerNode(cluster), report);
}

/** What is wrong with the instance types of a cluster. */
function typesProblem(cluster: AwsClusterDefinition): string | undefined {
  const types = instanceTypesOf(cluster);
  const unknown = types.find((type) => !INSTANCE_TYPES.has(type));
  if (unknown !== undefined)
    return `instance type ${unknown} is not in the table (for other types, set instanceShape)${suggestion(unknown, [...INSTANCE_TYPES.keys()])}`;
  for (const type of types) {
    const problem = podSubnetProblem(type) ?? reservedProblem(type, INSTANCE_TYPES.get(type)!.enis, cluster);
    if (problem !== undefined) return problem;
  }
  return undefined;
}

function reservedProblem(
  type: string,
  enis: number,
  { reservedEnis }: AwsClusterDefinition,
): string | undefined {
  if (enis - reservedEnis >= 2) return undefined;
  return `${type} has ${enis} network interfaces, and with reservedEnis ${reservedEnis} none is left for pods in their own subnets; lower reservedEnis, or use a larger type`;
}

/** What is wrong with the shape that the plan gives for one type. */
function shapeProblem(cluster: AwsClusterDefinition): string | undefined {
  const { instanceType, instanceShape } = cluster;
  if (instanceType.length > 1)
    return `one instanceShape cannot describe ${instanceType.join(", ")}; list types of the table only, or one type`;
  return podSubnetProblem(instanceShape!) ?? reservedProblem(instanceType[0]!, instanceShape!.enis, cluster);
}

function checkPods({ nodes, pods }: ClusterDefinition, perNode: number, report: Report): void {
  if (pods > nodes * perNode)
    report(
      ["pods"],
      `${formatCount(pods)} pods do not fit on ${formatCount(nodes)} nodes × ${perNode} pods; use at least ${formatCount(Math.ceil(pods / perNode))} nodes`,
    );
}
