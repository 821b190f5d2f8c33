import { GetParametersByPathCommand, type Parameter, type SSMClient } from "@aws-sdk/client-ssm";
import * as z from "zod/mini";

import { callAws } from "../cloud/aws-call";
import { type AutoscalerConfig } from "../config/config";
import { parseConfig } from "../config/config-schema";
import { fleetPath } from "../config/fleet-path";
import { AutoscalerError } from "../errors/autoscaler-error";

/** A cluster that a fleet's function serves. */
export interface FleetMember {
  /** Name of its parameter: the path of the fleet, then the cluster. */
  readonly parameter: string;
  readonly cluster: string;
  readonly config: AutoscalerConfig;
  /** The role that the function assumes for everything that it reads and changes for this cluster. */
  readonly roleArn: string;
}

/** A parameter that is no {@link FleetMember}. */
export interface InvalidMember {
  readonly parameter: string;
  readonly cluster: string;
  readonly error: AutoscalerError;
}

const memberSchema = z.strictObject({
  roleArn: z.string("the ARN of a role").check(z.startsWith("arn:", "the ARN of a role")),
  config: z.looseObject({}, "the configuration of an autoscaler"),
});

/** Reads the clusters of a fleet, by name. A parameter that is invalid does not hide the others. */
export async function readFleet(
  ssm: SSMClient,
  fleet: string,
): Promise<readonly (FleetMember | InvalidMember)[]> {
  const found: Parameter[] = [];
  let NextToken: string | undefined;
  do {
    const page = await callAws("ssm:GetParametersByPath", () =>
      ssm.send(new GetParametersByPathCommand({ Path: fleetPath(fleet), NextToken })),
    );
    found.push(...(page.Parameters ?? []));
    NextToken = page.NextToken;
  } while (NextToken);
  return found
    .map(({ Name, Value }) => readMember(Name!, Value ?? ""))
    .sort((a, b) => (a.cluster < b.cluster ? -1 : 1));
}

function readMember(parameter: string, value: string): FleetMember | InvalidMember {
  const cluster = parameter.slice(parameter.lastIndexOf("/") + 1);
  try {
    const member = { parameter, cluster, ...parseMember(parameter, value) };
    if (member.config.cluster === cluster) return member;
    throw new AutoscalerError(
      parameter,
      `the configuration is for cluster ${member.config.cluster}, not ${cluster}; redeploy the autoscaler of ${cluster}`,
    );
  } catch (error) {
    if (!(error instanceof AutoscalerError)) throw error;
    return { parameter, cluster, error };
  }
}

/** @throws AutoscalerError with the parameter's name */
export function parseMember(parameter: string, value: string): Pick<FleetMember, "config" | "roleArn"> {
  let json: unknown;
  try {
    json = JSON.parse(value);
  } catch (error) {
    throw new AutoscalerError(parameter, `not JSON; redeploy the cluster's autoscaler`, { cause: error });
  }
  const result = memberSchema.safeParse(json);
  if (!result.success) {
    const [{ path, message }] = result.error.issues as [z.core.$ZodIssue];
    throw new AutoscalerError(
      `${parameter}: ${path.join(".")}`,
      `expected ${message}; redeploy the cluster's autoscaler`,
    );
  }
  return { roleArn: result.data.roleArn, config: parseConfig(JSON.stringify(result.data.config)) };
}
