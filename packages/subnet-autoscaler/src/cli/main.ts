import { CloudWatchLogsClient } from "@aws-sdk/client-cloudwatch-logs";
import { EC2Client } from "@aws-sdk/client-ec2";
import { EKSClient } from "@aws-sdk/client-eks";
import { LambdaClient } from "@aws-sdk/client-lambda";
import { SSMClient } from "@aws-sdk/client-ssm";
import { Command } from "commander";

import { drain } from "../runtime/act/drain";
import { boundedClientConfig } from "../runtime/cloud/bounded-client";
import { sdkEc2 } from "../runtime/cloud/sdk-ec2";
import { sdkEks } from "../runtime/cloud/sdk-eks";
import { type AutoscalerConfig } from "../runtime/config/config";
import { DEFAULT_FLEET } from "../runtime/config/fleet-path";
import { decide } from "../runtime/decide/decide";
import { withPods } from "../runtime/decide/with-pods";
import { ApiError } from "../runtime/errors/api-error";
import { AutoscalerError } from "../runtime/errors/autoscaler-error";
import { History } from "../runtime/observe/history";
import { observe } from "../runtime/observe/observe";
import { configFromFile, deployedConfig, functionName, memberConfig } from "./function-config";
import { type PastDecision, pastDecisions } from "./past-decisions";
import { pastText } from "./past-text";
import { simulateCluster, type SimulateOptions } from "./simulate-command";
import { simulationText } from "./simulation-text";
import { drainText, explainText, planText, statusText } from "./status-text";

interface Options {
  readonly cluster: string;
  readonly region?: string;
  readonly config?: string;
  readonly fleet: string;
  readonly json?: true;
}

/**
 * The `subnet-autoscaler` command. An error is printed as one sentence (with its stack if DEBUG is set) and gives
 * exit code 1; an incomplete drain gives exit code 2.
 *
 * @param argv as in `process.argv`
 */
export async function main(argv: readonly string[]): Promise<void> {
  const program = new Command("subnet-autoscaler").description(
    "Inspect, simulate and drain the subnet autoscaler of an EKS cluster.",
  );
  const command = (name: string, description: string, action: (options: Options) => Promise<void>): void => {
    program
      .command(name)
      .description(description)
      .requiredOption("--cluster <name>", "name of the EKS cluster")
      .option("--region <region>", "AWS Region (default: from the environment or profile)")
      .option("--config <file>", "configuration file, JSON (default: read from the cluster's function)")
      .option("--fleet <name>", "fleet that serves the cluster, if it has no function", DEFAULT_FLEET)
      .option("--json", "print JSON")
      .action(action);
  };
  command("status", "show zones, free /28 prefixes and growth subnets", status);
  command("plan", "show what the next run would do and why, without changing anything", plan);
  command(
    "explain",
    "show the last decisions and why, and what a run would do with 2 and 5 times the pods",
    explain,
  );
  command(
    "drain",
    "delete growth subnets and detach growth CIDRs, before the network is destroyed",
    drainCluster,
  );
  program
    .command("simulate")
    .description("run your own trace against a cluster of the address plan, without AWS, and draw it")
    .requiredOption("--cluster <name>", "name of the EKS cluster in addresses.yaml")
    .requiredOption("--trace <file>", "CSV file: time,pods or time and a column for each zone")
    .option(
      "--config <file>",
      "configuration file of a function, whose policy applies (default: from the plan)",
    )
    .option("--output <file>", "SVG file to write", "simulation.svg")
    .option(
      "--directory <path>",
      "directory to search for addresses.yaml, and then its parents",
      process.cwd(),
    )
    .option("--json", "print JSON")
    .action(simulateAndPrint);
  try {
    await program.parseAsync([...argv]);
  } catch (error) {
    if (!(error instanceof AutoscalerError) && (error as Error).name !== "AddressPlanError") throw error;
    console.error(process.env.DEBUG ? error : (error as Error).message);
    process.exitCode = 1;
  }
}

async function observeCluster(options: Options) {
  const config = await loadConfig(options);
  if (config === undefined)
    throw new AutoscalerError(
      options.cluster,
      `neither the function ${functionName(options.cluster)} nor a member of the fleet ${options.fleet} of this name exists in this account and Region; check --region and the credentials, or pass --config`,
    );
  const client = boundedClientConfig(options.region ?? config.region);
  const observation = await observe({
    ec2: sdkEc2(new EC2Client(client)),
    eks: sdkEks(new EKSClient(client)),
    config,
    now: Date.now(),
    history: new History(),
  });
  return { observation, config };
}

async function loadConfig(options: Options): Promise<AutoscalerConfig | undefined> {
  const { cluster, config } = options;
  return config === undefined ? deployed(options) : configFromFile(config, cluster);
}

/** The configuration of the cluster's own function, or else in its fleet. */
async function deployed({ cluster, region, fleet }: Options): Promise<AutoscalerConfig | undefined> {
  const client = boundedClientConfig(region);
  const own = await deployedConfig(new LambdaClient(client), cluster);
  return own ?? memberConfig(new SSMClient(client), { fleet, cluster });
}

async function status(options: Options): Promise<void> {
  const { observation, config } = await observeCluster(options);
  print(options, observation, statusText(observation, config));
}

async function plan(options: Options): Promise<void> {
  const { observation, config } = await observeCluster(options);
  const decisions = decide(observation, config);
  print(options, decisions, planText(decisions));
}

async function explain(options: Options): Promise<void> {
  const { observation, config } = await observeCluster(options);
  const decisions = (factor: number) => decide(withPods(observation, factor), config);
  const past = await readPast(options, { region: config.region, now: observation.now });
  const value = {
    past: past instanceof ApiError ? { error: past.message } : past,
    now: decide(observation, config),
    "2": decisions(2),
    "5": decisions(5),
  };
  const lines =
    past instanceof ApiError ? [`The last decisions are not readable: ${past.message}.`] : pastText(past);
  print(options, value, [...lines, "", ...explainText(observation, config)]);
}

/** The last decisions, or why the operator may not read them: the rest of the explanation does not need them. */
async function readPast(
  { cluster, fleet, config }: Options,
  { region, now }: { readonly region: string; readonly now: number },
): Promise<readonly PastDecision[] | ApiError> {
  const client = boundedClientConfig(region);
  const isInFleet =
    config === undefined && (await deployedConfig(new LambdaClient(client), cluster)) === undefined;
  const logGroupName = `/aws/lambda/${isInFleet ? fleet : functionName(cluster)}`;
  return pastDecisions(new CloudWatchLogsClient(client), { logGroupName, cluster, now }).catch(
    (error: unknown) => {
      if (error instanceof ApiError) return error;
      throw error;
    },
  );
}

async function drainCluster(options: Options): Promise<void> {
  const { cluster, region } = options;
  const current = await deployed(options);
  if (current !== undefined && current.mode !== "dry-run")
    throw new AutoscalerError(
      functionName(cluster),
      `its mode is ${current.mode}, so it would create new subnets during the drain; destroy it or deploy it in mode dry-run, then drain`,
    );
  const config =
    current ?? (options.config === undefined ? undefined : await configFromFile(options.config, cluster));
  const result = await drain({
    ec2: sdkEc2(new EC2Client(boundedClientConfig(region ?? config?.region))),
    clusterName: cluster,
    vpcId: config?.vpcId,
    attachCidrs: config?.growthPools.attachCidrs,
    drawnFrom: [
      ...(config?.growthPools.shared?.cidrs ?? []),
      ...(config?.growthPools.shared?.drainCidrs ?? []),
    ],
    now: Date.now(),
  });
  print(options, result, drainText(result));
  if (result.inUse.length + result.attached.length > 0) process.exitCode = 2;
}

async function simulateAndPrint(options: SimulateOptions): Promise<void> {
  const result = await simulateCluster(options);
  print(options, result, [...simulationText(result), "", `The picture is in ${options.output}.`]);
}

function print({ json }: Pick<Options, "json">, value: unknown, lines: readonly string[]): void {
  console.log(json ? JSON.stringify(value, undefined, 2) : lines.join("\n"));
}
