import { type z } from "zod";

import { INSTANCE_TYPES } from "../cloud/instance-types";
import { EKS_DISALLOWED_ZONE_IDS, REGIONS } from "../cloud/regions";
import { AddressPlanError } from "../message/address-plan-error";
import { formatCount } from "../message/format-count";
import { suggestion } from "../message/suggestion";
import { Prefix } from "../prefix/prefix";
import { eksPodsPerNode, eksPodsPerNodeLimit } from "./eks-node";
import {
  type AwsClusterDefinition,
  type ClusterDefinition,
  type PlanDefinition,
  planSchema,
} from "./plan-definition";

const RFC_1918 = ["10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16"].map((cidr) => Prefix.parse(cidr));

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
    ? [...crossChecks(result.data)]
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

function* crossChecks(plan: PlanDefinition): Generator<Problem> {
  yield* spaceProblems(plan);
  for (const cloud of ["aws", "google"] as const)
    for (const region of Object.keys(plan.regions[cloud]))
      if (!REGIONS[cloud].has(region))
        yield {
          path: ["regions", cloud, region],
          message: `unknown ${cloud} region ${region}${suggestion(region, [...REGIONS[cloud].keys()])}`,
        };
  for (const [name, cluster] of Object.entries(plan.clusters))
    for (const { path, message } of clusterProblems(plan, cluster))
      yield { path: ["clusters", name, ...path], message };
}

function* spaceProblems({ spaces, reserved }: PlanDefinition): Generator<Problem> {
  if (spaces.primary.overlaps(spaces.pods))
    yield {
      path: ["spaces", "pods"],
      message: `${spaces.pods} overlaps the primary space ${spaces.primary}; use another range such as 100.64.0.0/10`,
    };
  const [primary, pods] = [spaces.primary, spaces.pods].map((space) =>
    RFC_1918.find((range) => range.contains(space)),
  );
  if (primary && pods && primary !== pods)
    yield {
      path: ["spaces", "pods"],
      message: `${spaces.pods} is in a different RFC 1918 range than ${spaces.primary}, and a VPC rejects that as a secondary CIDR; use 100.64.0.0/10`,
    };
  for (const [name, space] of Object.entries(spaces))
    if (space.length < 4 || space.length > 24)
      yield {
        path: ["spaces", name],
        message: `${space} is too small or too large for a space; use /4 to /24`,
      };
  for (const [index, entry] of reserved.entries()) {
    const other = reserved.slice(0, index).find((earlier) => earlier.cidr.overlaps(entry.cidr));
    if (other)
      yield {
        path: ["reserved", index, "cidr"],
        message: `${entry.cidr} overlaps ${other.cidr} (${other.owner}); list each reserved range once`,
      };
  }
}

function* clusterProblems(plan: PlanDefinition, cluster: ClusterDefinition): Generator<Problem> {
  const { cloud, environment, region } = cluster;
  const environments = Object.keys(plan.environments);
  if (!environments.includes(environment))
    yield {
      path: ["environment"],
      message: `unknown environment ${environment}${suggestion(environment, environments)}`,
    };
  else if (plan.environments[environment]![cloud] === undefined)
    yield {
      path: ["environment"],
      message: `environment ${environment} has no blocks on ${cloud}; add environments.${environment}.${cloud}`,
    };
  if (!Object.hasOwn(plan.regions[cloud], region))
    yield {
      path: ["region"],
      message: REGIONS[cloud].has(region)
        ? `region ${region} has no block; add regions.${cloud}.${region}`
        : `unknown ${cloud} region ${region}${suggestion(region, Object.keys(plan.regions[cloud]))}`,
    };
  else yield* zoneProblems(cluster);
  if (cluster.cloud === "aws") yield* awsProblems(cluster);
  else yield* podProblems(cluster, cluster.podsPerNode);
}

function* zoneProblems({ cloud, region, zones }: ClusterDefinition): Generator<Problem> {
  const known = REGIONS[cloud].get(region) ?? [];
  for (const [index, zone] of zones.entries()) {
    const path = ["zones", index];
    if (zones.indexOf(zone) !== index) yield { path, message: `zone ${zone} is listed twice; list it once` };
    else if (EKS_DISALLOWED_ZONE_IDS.includes(zone))
      yield { path, message: `EKS does not create control planes in ${zone}; use another zone of ${region}` };
    else if (!known.includes(zone))
      yield { path, message: `${zone} is not a zone of ${region}; use ${known.join(", ")}` };
  }
  if (cloud === "aws" && zones.length < 2)
    yield {
      path: ["zones"],
      message: `EKS needs subnets in at least 2 zones, not ${zones.length}; add one of ${known.filter((zone) => !zones.includes(zone)).join(", ")}`,
    };
}

function* awsProblems(cluster: AwsClusterDefinition): Generator<Problem> {
  const { instanceType, instanceShape, podsPerNode } = cluster;
  if (instanceShape === undefined && !INSTANCE_TYPES.has(instanceType)) {
    const known = [...INSTANCE_TYPES.keys()];
    yield {
      path: ["instanceType"],
      message: `instance type ${instanceType} is not in the table (for other types, set instanceShape)${suggestion(instanceType, known)}`,
    };
    return;
  }
  const limit = eksPodsPerNodeLimit(cluster);
  if (podsPerNode !== undefined && podsPerNode > limit)
    yield {
      path: ["podsPerNode"],
      message: `${podsPerNode} pods per node exceed the ${limit} that ${instanceType} supports in pod subnets; use ${limit} or a larger type`,
    };
  yield* podProblems(cluster, eksPodsPerNode(cluster));
}

function* podProblems({ nodes, pods }: ClusterDefinition, perNode: number): Generator<Problem> {
  if (pods > nodes * perNode)
    yield {
      path: ["pods"],
      message: `${formatCount(pods)} pods do not fit on ${formatCount(nodes)} nodes × ${perNode} pods; use at least ${formatCount(Math.ceil(pods / perNode))} nodes`,
    };
}
