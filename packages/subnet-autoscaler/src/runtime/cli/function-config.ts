import { readFile } from "node:fs/promises";

import { GetFunctionConfigurationCommand, type LambdaClient } from "@aws-sdk/client-lambda";

import { codeOf } from "./api-error";
import { AutoscalerError } from "./autoscaler-error";
import { type AutoscalerConfig, CONFIG_VARIABLE } from "./config";
import { parseConfig } from "./config-check";
import { call } from "./sdk-call";

/** Name of a cluster's autoscaler function. */
export function functionName(cluster: string): string {
  return `${cluster}-subnet-autoscaler`;
}

/**
 * The configuration of a deployed autoscaler: the function's own environment is the truth.
 *
 * @returns undefined when there is no such function
 */
export async function deployedConfig(
  client: LambdaClient,
  cluster: string,
): Promise<AutoscalerConfig | undefined> {
  const FunctionName = functionName(cluster);
  try {
    const answer = await call("lambda:GetFunctionConfiguration", () =>
      client.send(new GetFunctionConfigurationCommand({ FunctionName })),
    );
    return parseConfig(answer.Environment?.Variables?.[CONFIG_VARIABLE]);
  } catch (error) {
    if (codeOf(error) === "ResourceNotFoundException") return undefined;
    throw error;
  }
}

/** The configuration in a file. @throws AutoscalerError when it cannot be read, or is another cluster's */
export async function configInFile(path: string, cluster: string): Promise<AutoscalerConfig> {
  const source = await readFile(path, "utf8").catch((error: Error) => {
    throw new AutoscalerError(path, `${error.message}; name a file with the function's ${CONFIG_VARIABLE}`);
  });
  const config = parseConfig(source);
  if (config.cluster !== cluster)
    throw new AutoscalerError(path, `it is of ${config.cluster}, not ${cluster}; name another file`);
  return config;
}
