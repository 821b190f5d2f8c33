import { execFileSync } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, realpathSync, rmSync } from "node:fs";
import { createHash } from "node:crypto";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { BlueprintApp } from "@cluster-ipam/blueprint-core";
import { SubnetAutoscalerStack, type SubnetAutoscalerStackProps } from "../../src";
import { type AutoscalerConfig, CONFIG_VARIABLE } from "../../src/runtime/config/config";
import { parseConfig } from "../../src/runtime/config/config-schema";
import {
  autoscaler,
  contractWith,
  contract,
  only,
  payments,
  POD_POOL,
  resources,
  sharedGrowth,
  synthesized,
} from "./fixture";

/** The configuration as the function reads it, with a short id for each reference. */
function configOf(stack: SubnetAutoscalerStack): AutoscalerConfig {
  const { environment } = only(stack, "aws_lambda_function") as {
    environment: { variables: Record<string, string> };
  };
  return parseConfig(
    environment.variables[CONFIG_VARIABLE]!.replace(/\$\{data\.aws_vpc\.\w+\.id\}/g, "vpc-1")
      .replace(/\$\{data\.aws_vpc_ipam_pool\.\w+_shared-pool_\w+\.id\}/g, "ipam-pool-shared")
      .replace(/\$\{data\.aws_vpc_ipam_pool\.\w+\.id\}/g, "ipam-pool-1")
      .replace(
        /\$\{element\(data\.aws_subnets\.autoscaler_network_pod-[\w-]+-1(\w)_\w+\.ids, 0\)\}/g,
        "subnet-$1",
      ),
  );
}

test("a key encrypts the log, the environment and the schedule; the roles that read them may decrypt", () => {
  const arn = "arn:aws:kms:eu-central-1:333333333333:key/a";
  const stack = autoscaler({ kmsKey: { arn }, tracing: true, codeSigningConfigArn: "arn:aws:lambda:::csc" });

  expect(only(stack, "aws_cloudwatch_log_group")["kms_key_id"]).toBe(arn);
  expect(only(stack, "aws_scheduler_schedule")["kms_key_arn"]).toBe(arn);
  expect(only(stack, "aws_lambda_function")).toMatchObject({
    kms_key_arn: arn,
    tracing_config: { mode: "Active" },
    code_signing_config_arn: "arn:aws:lambda:::csc",
  });
  const policies = Object.values(resources(stack, "aws_iam_role_policy")).map(({ policy }) => String(policy));
  const decrypt = JSON.stringify({
    Sid: "Decrypt",
    Effect: "Allow",
    Action: ["kms:Decrypt"],
    Resource: [arn],
  });
  expect(policies.filter((policy) => policy.includes(decrypt))).toHaveLength(2);
  expect(policies.filter((policy) => policy.includes("xray:PutTraceSegments"))).toHaveLength(1);
});

test("by default there is no key, no trace and no signature to pay for or to deploy", () => {
  const stack = autoscaler();
  const { kms_key_arn, tracing_config, code_signing_config_arn } = only(stack, "aws_lambda_function");
  expect([kms_key_arn, tracing_config, code_signing_config_arn]).toEqual([undefined, undefined, undefined]);
  expect(resources(stack, "aws_kms_key")).toEqual({});
});

test("the function gets its cluster, growth space and policy", () => {
  expect(configOf(autoscaler())).toEqual({
    cluster: "prod-payments",
    region: "eu-central-1",
    vpcId: "vpc-1",
    growthPools: { ipamPoolId: "ipam-pool-1", cidrs: ["100.64.64.0/18"] },
    zones: [
      { zone: "eu-central-1a", referenceSubnetId: "subnet-a" },
      { zone: "eu-central-1b", referenceSubnetId: "subnet-b" },
      { zone: "eu-central-1c", referenceSubnetId: "subnet-c" },
    ],
    policy: {
      leadTimeMinutes: 30,
      floorPrefixes: 32,
      netmaskLengths: [23, 22],
      maxSubnets: 24,
      coolDownMinutes: 5,
      budgets: { subnetsPerDay: 12 },
      nodeFloorAddresses: 16,
      reclaim: { emptyMinutes: 60, quarantineMinutes: 30 },
    },
    mode: "act",
    quotas: { subnetsPerVpc: 200, cidrsPerVpc: 5 },
    eventBusName: "default",
    metricNamespace: "ClusterIpam/SubnetAutoscaler",
    nodeShape: { enis: 4, addressesPerEni: 15 },
  });
});

test("growth space added to the plan is attached by the network stack", () => {
  const growth = [
    { name: "growth", cidr: "100.64.64.0/18", pool: POD_POOL },
    { name: "growth-2", cidr: "100.64.128.0/17", pool: POD_POOL },
  ];
  const { growthPools } = configOf(
    autoscaler({ contract: contractWith({ growth }, { attachCidrs: ["100.65.0.0/18"] }) }),
  );

  expect(growthPools).toMatchObject({
    cidrs: ["100.64.64.0/18", "100.64.128.0/17", "100.65.0.0/18"],
    attachCidrs: ["100.65.0.0/18"],
  });
});

test("a cluster draws on the growth pool of its environment, besides its own growth or without any", () => {
  const both = configOf(autoscaler({ contract: contractWith({ sharedGrowth }) }));
  const shared = { ipamPoolId: "ipam-pool-shared", cidrs: ["100.96.0.0/16"] };
  expect(both.growthPools).toEqual({ ipamPoolId: "ipam-pool-1", cidrs: ["100.64.64.0/18"], shared });
  const alone = configOf(autoscaler({ contract: contractWith({ growth: [], sharedGrowth }) }));
  expect(alone.growthPools).toEqual({ cidrs: [], shared });
  // An eighth of a zone's share of a /20, then a quarter.
  expect(alone.policy.netmaskLengths).toEqual([25, 24]);
});

test("what the plan drains of the growth pool is emptied, and all of it if the cluster is to share no more", () => {
  const cidrs = [
    ...sharedGrowth,
    {
      ...sharedGrowth[0]!,
      ...{ name: "shared-growth-pods-2", cidr: "100.98.0.0/15", state: "draining" as const },
    },
  ];
  const poolsOf = (props: Partial<SubnetAutoscalerStackProps>, growth = payments.growth) =>
    configOf(autoscaler({ contract: contractWith({ growth, sharedGrowth: cidrs }), ...props })).growthPools;

  const shared = (growthPools: AutoscalerConfig["growthPools"]) => growthPools.shared;
  const pool = { ipamPoolId: "ipam-pool-shared" };
  expect(shared(poolsOf({}))).toEqual({ ...pool, cidrs: ["100.96.0.0/16"], drainCidrs: ["100.98.0.0/15"] });
  const left = { ...pool, cidrs: [], drainCidrs: ["100.96.0.0/16", "100.98.0.0/15"] };
  expect(shared(poolsOf({ sharedGrowth: false }))).toEqual(left);
  expect(poolsOf({ sharedGrowth: false }, [])).toEqual({ cidrs: [], shared: left });
});

test("what the plan drains gets no new subnets, and the function empties what is there", () => {
  const draining = { state: "draining" } as const;
  const [a, b, c] = payments.pods[0]!.subnets;
  const config = configOf(
    autoscaler({
      contract: contractWith({
        vpcCidrQuota: 8,
        zones: ["eu-central-1a", "eu-central-1b"],
        pods: [
          { name: "pods", subnets: [{ ...a!, ...draining }, b!, { ...c!, ...draining }] },
          { name: "pods-2", subnets: [{ zone: a!.zone, cidr: "100.72.0.0/20" }] },
        ],
        growth: [
          { name: "growth", cidr: "100.64.64.0/18", pool: POD_POOL, ...draining },
          { name: "growth-2", cidr: "100.64.128.0/18", pool: POD_POOL },
        ],
      }),
    }),
  );

  expect(config).toMatchObject({
    growthPools: { cidrs: ["100.64.128.0/18"], drainCidrs: ["100.64.64.0/18"] },
    zones: [
      { zone: "eu-central-1a", referenceSubnetId: "subnet-a" },
      { zone: "eu-central-1b", referenceSubnetId: "subnet-b" },
      { zone: "eu-central-1c", referenceSubnetId: "subnet-c", draining: true },
    ],
    quotas: { cidrsPerVpc: 8 },
  });
  expect(config.zones.map(({ draining: drains }) => drains)).toEqual([undefined, undefined, true]);
});

test("every option can be set", () => {
  const config = configOf(
    autoscaler({
      contract: {
        ...contractWith({}, { attachCidrs: ["100.65.0.0/18"] }),
        cni: { management: "self-managed", prefixDelegation: true, customNetworking: false },
        nodeShape: undefined,
      },
      mode: "approve",
      leadTimeMinutes: 45,
      floorPrefixes: 64,
      netmaskLengths: [22, 20],
      maxSubnets: 100,
      maxSubnetsPerDay: 3,
      maxAddresses: 8192,
      coolDownMinutes: 0,
      nodeFloorAddresses: 8,
      attachLeadMinutes: 300,
      reclaim: false,
      quotas: { subnetsPerVpc: 300 },
      ipamPoolId: "ipam-pool-2",
      planningPoolId: "ipam-pool-3",
      eventBusName: "platform",
    }),
  );

  expect(config).toMatchObject({
    growthPools: {
      ipamPoolId: "ipam-pool-2",
      cidrs: ["100.64.64.0/18", "100.65.0.0/18"],
      attachCidrs: ["100.65.0.0/18"],
    },
    mode: "approve",
    quotas: { subnetsPerVpc: 300, cidrsPerVpc: 5 },
    eventBusName: "platform",
    selfManagedCni: { version: "v1.23.1-eksbuild.1", prefixDelegation: true, customNetworking: false },
  });
  expect(config.policy).toEqual({
    leadTimeMinutes: 45,
    floorPrefixes: 64,
    netmaskLengths: [22, 20],
    maxSubnets: 100,
    coolDownMinutes: 0,
    budgets: { subnetsPerDay: 3, addresses: 8192 },
    nodeFloorAddresses: 8,
    attachLeadMinutes: 300,
    planningPoolId: "ipam-pool-3",
  });
  expect(config).not.toHaveProperty("nodeShape");
});

test("growth subnets get the tags of the stack and their own", () => {
  const tags = { environment: "prod" };
  expect(configOf(autoscaler())).not.toHaveProperty("subnetTags");
  expect(configOf(autoscaler({ tags, subnetTags: { team: "payments" } })).subnetTags).toEqual({
    environment: "prod",
    team: "payments",
  });
});

test("a small cluster has a lower floor and grows in small steps", () => {
  const inTwoZones = (...cidrs: string[]) => cidrs.map((cidr, i) => ({ zone: `eu-west-1${"ab"[i]}`, cidr }));
  const { policy } = configOf(
    autoscaler({
      contract: contractWith({
        zones: ["eu-west-1a", "eu-west-1b"],
        pods: [{ name: "pods", subnets: inTwoZones("100.80.4.0/23", "100.80.6.0/23") }],
        growth: [{ name: "growth", cidr: "100.80.0.0/22", pool: POD_POOL }],
      }),
    }),
  );

  expect(policy).toMatchObject({ floorPrefixes: 7, netmaskLengths: [26, 25] });
});

test("the function runs one at a time, outside every VPC, and sends failed runs to the queue", () => {
  const stack = autoscaler({ logRetentionDays: 30 });

  const lambda = only(stack, "aws_lambda_function");
  expect(lambda).toMatchObject({
    runtime: "nodejs22.x",
    architectures: ["arm64"],
    memory_size: 512,
    timeout: 60,
    reserved_concurrent_executions: 1,
  });
  expect(lambda).not.toHaveProperty("vpc_config");
  expect(only(stack, "aws_lambda_function_event_invoke_config")).toMatchObject({
    maximum_retry_attempts: 0,
    destination_config: { on_failure: { destination: expect.stringContaining("aws_sqs_queue") } },
  });
  expect(only(stack, "aws_cloudwatch_log_group")).toEqual({
    name: "/aws/lambda/prod-payments-subnet-autoscaler",
    retention_in_days: 30,
  });
});

test("the schedule invokes the function once per minute, without retries", () => {
  expect(only(autoscaler(), "aws_scheduler_schedule")).toMatchObject({
    schedule_expression: "rate(1 minute)",
    flexible_time_window: { mode: "FLEXIBLE", maximum_window_in_minutes: 1 },
    target: {
      retry_policy: { maximum_retry_attempts: 0 },
      dead_letter_config: { arn: expect.stringContaining("aws_sqs_queue") },
    },
  });
});

const topic = "arn:aws:sns:eu-central-1:333333333333:on-call";

test("a function that is not started raises an alarm on Lambda's own metric, which starts it and notifies the topic", () => {
  const stack = autoscaler({ alarmTopicArns: [topic] });

  const alarms = resources(stack, "aws_cloudwatch_metric_alarm");
  expect(alarms["autoscaler_alarms_not-running"]).toMatchObject({
    alarm_name: "prod-payments-subnet-autoscaler-not-running",
    namespace: "AWS/Lambda",
    metric_name: "Invocations",
    dimensions: { FunctionName: expect.stringContaining("aws_lambda_function") },
    threshold: 1,
    comparison_operator: "LessThanThreshold",
    treat_missing_data: "breaching",
    alarm_actions: [topic, expect.stringContaining("aws_lambda_function")],
    ok_actions: [topic],
  });
  expect(only(stack, "aws_lambda_permission")).toMatchObject({
    principal: "lambda.alarms.cloudwatch.amazonaws.com",
    source_account: "333333333333",
    source_arn:
      "arn:aws:cloudwatch:eu-central-1:333333333333:alarm:prod-payments-subnet-autoscaler-not-running",
  });
});

test("only the alarm on Lambda's metric invokes the function: the function's own are silent when it is not running", () => {
  const alarms = Object.values(
    resources(autoscaler({ alarmTopicArns: [topic] }), "aws_cloudwatch_metric_alarm"),
  );

  const waking = alarms.filter(({ alarm_actions }) =>
    JSON.stringify(alarm_actions).includes("aws_lambda_function"),
  );
  expect(waking.map(({ namespace }) => namespace)).toEqual(["AWS/Lambda"]);
});

test("missing heartbeats and missing invocations raise an alarm; what is only sent when there is something to say does not", () => {
  const alarms = resources(autoscaler(), "aws_cloudwatch_metric_alarm");

  const byMissing = Object.entries(alarms).map(([id, alarm]) => [
    id.replace("autoscaler_alarms_", ""),
    alarm["metric_name"],
    alarm["treat_missing_data"],
  ]);
  expect(byMissing.sort()).toEqual([
    ["advice", "Advice", "notBreaching"],
    ["heartbeat", "Heartbeat", "breaching"],
    ["not-running", "Invocations", "breaching"],
    ["short-zones", "ShortZones", "notBreaching"],
  ]);
});

test("no alarm stays on for what the dead-letter queue keeps for 14 days: runs that fail have no heartbeat", () => {
  const stack = autoscaler();
  expect(only(stack, "aws_sqs_queue")["message_retention_seconds"]).toBe(14 * 24 * 60 * 60);
  const alarms = Object.values(resources(stack, "aws_cloudwatch_metric_alarm"));
  expect(alarms.map(({ namespace }) => namespace)).not.toContain("AWS/SQS");
  const heartbeat = resources(stack, "aws_cloudwatch_metric_alarm")["autoscaler_alarms_heartbeat"]!;
  expect(heartbeat).toMatchObject({ statistic: "Maximum", threshold: 1, period: 60, evaluation_periods: 5 });
});

test("the code is an asset of the stack, with the same path on every machine", () => {
  const outdir = mkdtempSync(join(realpathSync(tmpdir()), "subnet-autoscaler-"));
  try {
    const app = new BlueprintApp({ backend: { type: "local" }, outdir });
    new SubnetAutoscalerStack(app, "autoscaler", { contract });
    app.synth();

    const folder = join(outdir, "stacks/autoscaler");
    const hcl = readFileSync(join(folder, "cdk.tf"), "utf8");
    expect(hcl).not.toContain(process.cwd());
    const [, path = ""] = /filename += "(assets\/[^"]+\.zip)"/.exec(hcl) ?? [];
    const [, hash] = /source_code_hash += "([^"]+)"/.exec(hcl) ?? [];
    expect(existsSync(join(folder, path))).toBe(true);
    expect(
      createHash("sha256")
        .update(readFileSync(join(folder, path)))
        .digest("base64"),
    ).toBe(hash);
  } finally {
    rmSync(outdir, { recursive: true, force: true });
  }
});

test("without an account in the contract, the VPC's owner is used", () => {
  const stack = autoscaler({ contract: contractWith({}, { accountId: undefined }) });

  expect(only(stack, "aws_lambda_permission")["source_account"]).toMatch(
    /^\$\{data\.aws_vpc\..*\.owner_id\}$/,
  );
});

test("the stack reads no remote state", () => {
  expect(Object.keys(synthesized(autoscaler()).data).sort()).toEqual([
    "aws_subnets",
    "aws_vpc",
    "aws_vpc_ipam_pool",
  ]);
});

test("synth loads neither the AWS SDK nor the runtime's reconciler", () => {
  const script = `require(".");
    const loaded = Object.keys(require.cache).filter((file) => /@aws-sdk|esbuild|fflate|subnet-autoscaler.dist.runtime/.test(file));
    console.log(JSON.stringify(loaded.map((file) => file.replace(/^.*[\\\\/]/, ""))));`;
  const loaded = execFileSync(process.execPath, ["-e", script], {
    cwd: join(__dirname, "../.."),
    encoding: "utf8",
  });

  expect((JSON.parse(loaded) as string[]).sort()).toEqual([
    "autoscaler-error.js",
    "config.js",
    "fleet-path.js",
    "tags.js",
  ]);
});

test("construct ids are stable", () => {
  const stack = autoscaler();
  const paths = stack.node.findAll().map(({ node }) => node.path.slice(`${stack.node.id}/`.length));

  expect(paths.filter((path) => path !== "").sort()).toMatchInlineSnapshot(`
    [
      "autoscaler",
      "autoscaler/alarms",
      "autoscaler/alarms/advice",
      "autoscaler/alarms/heartbeat",
      "autoscaler/alarms/not-running",
      "autoscaler/alarms/short-zones",
      "autoscaler/alarms/wake-up",
      "autoscaler/failures",
      "autoscaler/function",
      "autoscaler/function/bundle",
      "autoscaler/function/bundle/archive",
      "autoscaler/function/function",
      "autoscaler/function/invocations",
      "autoscaler/function/logs",
      "autoscaler/function/policy",
      "autoscaler/function/role",
      "autoscaler/network",
      "autoscaler/network/pod-eu-central-1a",
      "autoscaler/network/pod-eu-central-1b",
      "autoscaler/network/pod-eu-central-1c",
      "autoscaler/network/vpc",
      "autoscaler/pool",
      "autoscaler/pool/pool",
      "autoscaler/schedule",
      "autoscaler/schedule/policy",
      "autoscaler/schedule/role",
      "autoscaler/schedule/schedule",
      "aws",
      "backend",
      "failures_queue_url",
      "function_name",
    ]
  `);
});
