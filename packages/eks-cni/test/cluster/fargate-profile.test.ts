import { EksClusterStack, type FargateProfileOptions } from "../../src";
import { blocks, clusterProps, contract, newApp, only, payments, resources } from "../fixture";

const demand = { ...payments.demand, fargatePods: 60 };
const network = { ...contract, accountId: "111122223333", addresses: { ...payments, demand } };
const web: FargateProfileOptions = {
  name: "web",
  selectors: [{ namespace: "web" }, { namespace: "jobs-*", labels: { fargate: "true" } }],
};

const stackOf = (...profiles: readonly Partial<FargateProfileOptions>[]) => {
  const stack = new EksClusterStack(newApp(), "prod-payments", { ...clusterProps, network });
  for (const profile of profiles) stack.cluster.addFargateProfile({ ...web, ...profile });
  return stack;
};

test("a profile runs its pods in the node subnets, with a role for this cluster's profiles only", () => {
  const stack = stackOf({ zones: ["eu-central-1a", "eu-central-1c"] });

  expect(only(stack, "aws_eks_fargate_profile")).toMatchObject({
    fargate_profile_name: "web",
    selector: [{ namespace: "web" }, { namespace: "jobs-*", labels: { fargate: "true" } }],
  });
  const lookups = Object.values(blocks(stack, "data", "aws_subnets"));
  expect(JSON.stringify(lookups)).toContain('["10.10.4.0/24","10.10.6.0/24"]');
  const [role] = resources(stack, "aws_iam_role").filter(({ name }) => name === "prod-payments-fargate");
  expect(JSON.parse(role!["assume_role_policy"] as string)).toMatchObject({
    Statement: [
      {
        Principal: { Service: "eks-fargate-pods.amazonaws.com" },
        Condition: {
          ArnLike: {
            "aws:SourceArn": "arn:aws:eks:eu-central-1:111122223333:fargateprofile/prod-payments/*",
          },
        },
      },
    ],
  });
});

test("EKS creates one profile at a time", () => {
  const profiles = blocks(stackOf({}, { name: "jobs" }), "resource", "aws_eks_fargate_profile");
  const idOf = (name: string) =>
    Object.keys(profiles).find((id) => profiles[id]!["fargate_profile_name"] === name)!;
  expect(profiles[idOf("jobs")]!["depends_on"]).toContain(`aws_eks_fargate_profile.${idOf("web")}`);
  expect(profiles[idOf("web")]!["depends_on"]).not.toContain(`aws_eks_fargate_profile.${idOf("jobs")}`);
});

test.each<[string, () => unknown, string]>([
  [
    "a plan without pods on Fargate",
    () => new EksClusterStack(newApp(), "prod-payments", clusterProps).cluster.addFargateProfile(web),
    "the address plan of prod-payments has no pods on Fargate; set fargatePods in addresses.yaml and run npm run addresses",
  ],
  ["no selector", () => stackOf({ selectors: [] }), "Fargate profile web has 0 selectors; list 1 to 5"],
  ["a name twice", () => stackOf({}, {}), "two Fargate profiles are named web; use unique names"],
  ["a wrong name", () => stackOf({ name: "w.b" }), 'EKS rejects the name "w.b" of a Fargate profile'],
  [
    "subnets that the plan does not have",
    () => stackOf({ nodeSubnets: "nodes-2" }),
    "Fargate profile web uses the node subnets nodes-2, which the plan does not have; set nodeSubnets to nodes in a new profile",
  ],
  [
    "six labels",
    () =>
      stackOf({
        selectors: [{ namespace: "web", labels: { a: "1", b: "1", c: "1", d: "1", e: "1", f: "1" } }],
      }),
    "more than 5 labels in web",
  ],
])("%s: refused", (_what, compose, message) => {
  expect(compose).toThrow(message);
});
