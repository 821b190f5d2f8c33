import { growsInto } from "../../src/states";
import { stateWith } from "./example-states";

const autoscaler = (growthPools: object) =>
  stateWith({
    "aws_lambda_function.autoscaler": {
      environment: [{ variables: { SUBNET_AUTOSCALER: JSON.stringify({ growthPools }) } }],
    },
    "aws_sqs_queue.failures": { name: "100.80.8.0/21" },
  });

test("an autoscaler grows into its CIDRs, and not into those that it drains", () => {
  const shared = { ipamPoolId: "ipam-pool-1", cidrs: ["100.80.64.0/18"] };
  const state = autoscaler({ cidrs: ["100.80.0.0/22"], drainCidrs: ["100.80.8.0/21"], shared });
  expect(growsInto(state, "100.80.0.0/22")).toBe("aws_lambda_function.autoscaler");
  expect(growsInto(state, "100.80.64.0/18")).toBe("aws_lambda_function.autoscaler");
  expect(growsInto(state, "100.80.8.0/21")).toBeUndefined();
  expect(growsInto(stateWith({ "aws_lambda_function.other": {} }), "100.80.0.0/22")).toBeUndefined();
});
