import { readFile } from "node:fs/promises";

import { GetFunctionConfigurationCommand, type LambdaClient } from "@aws-sdk/client-lambda";
import { GetParameterCommand, type SSMClient } from "@aws-sdk/client-ssm";

import { callAws } from "../runtime/cloud/aws-call";
import { type AutoscalerConfig, CONFIG_VARIABLE } from "../runtime/config/config";
import { parseConfig } from "../runtime/config/config-schema";
import { fleetPath } from "../runtime/config/fleet-path";
import { errorCode } from "../runtime/errors/api-error";
import { AutoscalerError } from "../runtime/errors/autoscaler-error";
import { parseMember } from "../runtime/fleet/fleet-member";

/** Name of a cluster's autoscaler function. */
export function functionName(clusterName: string): string {
  return `${clusterName}-subnet-autoscaler`;
}

/**
 * Reads the configuration of a deployed autoscaler from its function's environment.
 *
 * @returns undefined when the function does not exist
 * @throws AutoscalerError when the call fails or the configuration is invalid
 */
export async function deployedConfig(
  client: LambdaClient,
  clusterName: string,
): Promise<AutoscalerConfig | undefined> {
  const FunctionName = functionName(clusterName);
  try {
    const response = await callAws("lambda:GetFunctionConfiguration", () =>
      client.send(new GetFunctionConfigurationCommand({ FunctionName })),
    );
    return parseConfig(response.Environment?.Variables?.[CONFIG_VARIABLE]);
  } catch (error) {
    if (errorCode(error) === "ResourceNotFoundException") return undefined;
    throw error;
  }
}

/**
 * Reads the configuration of a cluster that a fleet serves from its parameter.
 *
 * @returns undefined when the fleet does not serve the cluster
 * @throws AutoscalerError when the call fails or the configuration is invalid
 */
export async function memberConfig(
  client: SSMClient,
  { fleet, cluster }: { readonly fleet: string; readonly cluster: string },
): Promise<AutoscalerConfig | undefined> {
  const Name = `${fleetPath(fleet)}${cluster}`;
  try {
    const response = await callAws("ssm:GetParameter", () => client.send(new GetParameterCommand({ Name })));
    return parseMember(Name, response.Parameter?.Value ?? "").config;
  } catch (error) {
    if (errorCode(error) === "ParameterNotFound") return undefined;
    throw error;
  }
}

/** Reads the configuration in a file. @throws AutoscalerError when it cannot be read or belongs to another cluster */
export async function configFromFile(path: string, clusterName: string): Promise<AutoscalerConfig> {
  const source = await readFile(path, "utf8").catch((error: Error) => {
    throw new AutoscalerError(path, `${error.message}; pass a file with the function's ${CONFIG_VARIABLE}`);
  });
  const config = parseConfig(source);
  if (config.cluster !== clusterName)
    throw new AutoscalerError(
      path,
      `the configuration is for cluster ${config.cluster}, not ${clusterName}; pass another file`,
    );
  return config;
}
