import { BlueprintApp } from "@cluster-ipam/blueprint-core";
import { Testing } from "cdktf";
import {
  SubnetAutoscalerFleetStack,
  type SubnetAutoscalerFleetStackProps,
  SubnetAutoscalerStack,
} from "../../src";
import { autoscaler, contract, contractWith, only, resources } from "./fixture";
import { allows, type PolicyDocument } from "./iam-evaluation";

const ACCOUNT = "333333333333";
const REGION = "eu-central-1";

function fleetStack(props: Partial<SubnetAutoscalerFleetStackProps> = {}): SubnetAutoscalerFleetStack {
  const app = new BlueprintApp({ backend: { type: "local" } });
  Testing.enableFutureFlags(app);
  return new SubnetAutoscalerFleetStack(app, "prod-autoscalers", {
    region: REGION,
    accountId: ACCOUNT,
    ...props,
  });
}

const fleet = fleetStack().contract;
const member = () => autoscaler({ fleet });
const iam = (resource: string) => `arn:aws:iam::${ACCOUNT}:role${resource}`;
const policyOf = (stack: Parameters<typeof only>[0], id: string) =>
  JSON.parse(String(resources(stack, "aws_iam_role_policy")[id]!["policy"])) as PolicyDocument;

test("a fleet has one function, which is told its name", () => {
  const lambda = only(fleetStack({ name: "autoscalers-eu" }), "aws_lambda_function");
  expect(lambda).toMatchObject({
    function_name: "autoscalers-eu",
    handler: "index.fleetHandler",
    environment: { variables: { SUBNET_AUTOSCALER_FLEET: "autoscalers-eu" } },
    reserved_concurrent_executions: 1,
  });
});

test("a cluster in a fleet has a role, a parameter and alarms, but no function, schedule or queue", () => {
  const stack = member();
  for (const type of [
    "aws_lambda_function",
    "aws_scheduler_schedule",
    "aws_sqs_queue",
    "aws_cloudwatch_log_group",
  ])
    expect(resources(stack, type)).toEqual({});
  expect(Object.keys(resources(stack, "aws_cloudwatch_metric_alarm"))).toHaveLength(3);
  expect(only(stack, "aws_iam_role")).toMatchObject({
    name: "prod-payments-subnet-autoscaler",
    path: "/cluster-ipam/subnet-autoscaler-fleet/",
  });
});

test("the function can become the roles of its clusters, and nothing else of the account", () => {
  const policy = policyOf(fleetStack(), "fleet_function_policy");
  const assume = (arn: string) =>
    allows([policy], { action: "sts:AssumeRole", resources: [{ arn, context: {} }] });
  expect(assume(iam("/cluster-ipam/subnet-autoscaler-fleet/prod-payments-subnet-autoscaler"))).toBe(true);
  expect(assume(iam("/admin"))).toBe(false);
  expect(assume(iam("/cluster-ipam/subnet-autoscaler-fleet-2/prod-payments"))).toBe(false);
  const actions = policy.Statement.flatMap(({ Action }) => Action);
  expect(actions.filter((action) => action.startsWith("ec2:"))).toEqual([]);
});

test("only the fleet's function can become the role of a cluster", () => {
  const trust = JSON.parse(String(only(member(), "aws_iam_role")["assume_role_policy"])) as object;
  expect(trust).toEqual({
    Version: "2012-10-17",
    Statement: [
      { Effect: "Allow", Principal: { AWS: iam("/subnet-autoscaler-fleet") }, Action: ["sts:AssumeRole"] },
    ],
  });
});

test("the role of a cluster may do what the role of its own function may, except to log and to hand over failures", () => {
  const statements = (stack: SubnetAutoscalerStack, id: string) =>
    policyOf(stack, id).Statement.map(({ Sid }) => Sid);
  const own = statements(autoscaler(), "autoscaler_function_policy");
  const inFleet = statements(member(), "autoscaler_membership_policy");
  expect(own.filter((sid) => !inFleet.includes(sid))).toEqual(["Log", "HandOverFailures"]);
  expect(inFleet.filter((sid) => !own.includes(sid))).toEqual([]);
});

test("the function reads from the parameter what the cluster's own function has in its environment", () => {
  const parameter = only(member(), "aws_ssm_parameter");
  expect(parameter["name"]).toBe("/cluster-ipam/subnet-autoscaler-fleet/prod-payments");
  const { config, roleArn } = JSON.parse(String(parameter["value"])) as { config: object; roleArn: string };
  expect(roleArn).toBe(iam("/cluster-ipam/subnet-autoscaler-fleet/prod-payments-subnet-autoscaler"));
  const lambda = only(autoscaler(), "aws_lambda_function") as {
    environment: { variables: Record<string, string> };
  };
  expect(config).toEqual(JSON.parse(lambda.environment.variables["SUBNET_AUTOSCALER_CONFIG"]!));
});

test("the clusters of a fleet are deployed after it", () => {
  const app = new BlueprintApp({ backend: { type: "local" } });
  Testing.enableFutureFlags(app);
  const first = new SubnetAutoscalerFleetStack(app, "fleet", { region: REGION, accountId: ACCOUNT });
  const stack = new SubnetAutoscalerStack(app, "payments", { contract, fleet: first.contract });
  expect(stack.dependencies.map(({ node }) => node.id)).toContain("fleet");
});

test("a fleet serves clusters of its account and Region only", () => {
  const elsewhere = { ...fleet, region: "eu-west-1" };
  expect(() => autoscaler({ fleet: elsewhere })).toThrow(
    "prod-payments-autoscaler/autoscaler: the fleet subnet-autoscaler-fleet serves eu-west-1 in account 333333333333, but prod-payments is in eu-central-1 in account 333333333333; use a fleet there, or remove fleet",
  );
  expect(() => autoscaler({ fleet, contract: contractWith({}, { accountId: "444444444444" }) })).toThrow(
    "prod-payments is in eu-central-1 in account 444444444444; use a fleet there",
  );
});

test.each([[{ name: "a b" }, "prod-autoscalers/fleet: name is a b; use 1 to 49 letters, digits, - and _"]])(
  "%j is refused",
  (props, message) => {
    expect(() => fleetStack(props)).toThrow(message);
  },
);
