import { EC2Client } from "@aws-sdk/client-ec2";
import { EKSClient } from "@aws-sdk/client-eks";
import { LambdaClient } from "@aws-sdk/client-lambda";
import { Command } from "commander";

import { AutoscalerError } from "./autoscaler-error";
import { type AutoscalerConfig } from "./config";
import { decide } from "./decide";
import { drain } from "./drain";
import { configInFile, deployedConfig, functionName } from "./function-config";
import { History } from "./history";
import { observe } from "./observe";
import { sdkEc2 } from "./sdk-ec2";
import { sdkEks } from "./sdk-eks";
import { drainText, planText, statusText } from "./status-text";

interface Options {
  readonly cluster: string;
  readonly region?: string;
  readonly config?: string;
  readonly json?: true;
}

/**
 * The `subnet-autoscaler` command: prints what it sees, would do or did; one sentence and exit code 1 on bad input
 * (with the stack if DEBUG is set), exit code 2 when a drain left something.
 *
 * @param argv as in `process.argv`
 */
export async function main(argv: readonly string[]): Promise<void> {
  const program = new Command("subnet-autoscaler").description(
    "What the subnet autoscaler of an EKS cluster sees, would do, and has made.",
  );
  const command = (name: string, description: string, action: (options: Options) => Promise<void>): void => {
    program
      .command(name)
      .description(description)
      .requiredOption("--cluster <name>", "name of the EKS cluster")
      .option("--region <region>", "AWS Region (default: that of the environment or profile)")
      .option("--config <file>", "configuration as JSON (default: that of the cluster's function)")
      .option("--json", "print JSON")
      .action(action);
  };
  command("status", "show the zones, their free /28 prefixes and the growth subnets", status);
  command("plan", "show what the next run would do, and why; change nothing", plan);
  command("drain", "delete what the autoscaler made, before its network is destroyed", drainCluster);
  try {
    await program.parseAsync([...argv]);
  } catch (error) {
    if (!(error instanceof AutoscalerError)) throw error;
    console.error(process.env.DEBUG ? error : error.message);
    process.exitCode = 1;
  }
}

async function look(options: Options) {
  const config = await configOf(options);
  if (config === undefined)
    throw new AutoscalerError(
      options.cluster,
      `there is no function ${functionName(options.cluster)} here; check --region and the credentials, or give --config`,
    );
  const region = { region: options.region ?? config.region };
  const observation = await observe({
    ec2: sdkEc2(new EC2Client(region)),
    eks: sdkEks(new EKSClient(region)),
    config,
    now: Date.now(),
    history: new History(),
  });
  return { observation, config };
}

async function configOf({ cluster, region, config }: Options): Promise<AutoscalerConfig | undefined> {
  return config === undefined
    ? deployedConfig(new LambdaClient({ region }), cluster)
    : configInFile(config, cluster);
}

async function status(options: Options): Promise<void> {
  const { observation, config } = await look(options);
  print(options, observation, statusText(observation, config));
}

async function plan(options: Options): Promise<void> {
  const { observation, config } = await look(options);
  const decisions = decide(observation, config);
  print(options, decisions, planText(decisions));
}

async function drainCluster(options: Options): Promise<void> {
  const { cluster, region } = options;
  const deployed = await deployedConfig(new LambdaClient({ region }), cluster);
  if (deployed !== undefined && deployed.mode !== "dry-run")
    throw new AutoscalerError(
      functionName(cluster),
      `its mode is ${deployed.mode}, so it would make new subnets meanwhile; destroy it, or deploy it with mode dry-run, then drain`,
    );
  const config =
    deployed ?? (options.config === undefined ? undefined : await configInFile(options.config, cluster));
  const drained = await drain({
    ec2: sdkEc2(new EC2Client({ region: region ?? config?.region })),
    cluster,
    vpcId: config?.vpcId,
    attachCidrs: config?.growthPools.attachCidrs,
    now: Date.now(),
  });
  print(options, drained, drainText(drained));
  if (drained.inUse.length + drained.attached.length > 0) process.exitCode = 2;
}

function print({ json }: Options, value: unknown, lines: readonly string[]): void {
  console.log(json ? JSON.stringify(value, undefined, 2) : lines.join("\n"));
}
