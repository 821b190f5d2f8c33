import { autoscaler, contractWith, payments, synthesized } from "./fixture";

const PARTITIONS = [
  ["aws", "eu-central-1"],
  ["aws-cn", "cn-north-1"],
  ["aws-us-gov", "us-gov-west-1"],
] as const;

/** The cluster of the fixture in another Region. */
function inRegion(region: string) {
  const text = JSON.stringify(payments).replaceAll("eu-central-1", region);
  return contractWith(JSON.parse(text) as typeof payments);
}

test.each(PARTITIONS)("in partition %s every ARN has the partition and Region %s", (partition, region) => {
  const topic = `arn:${partition}:sns:${region}:333333333333:on-call`;
  const stack = autoscaler({ contract: inRegion(region), alarmTopicArns: [topic] });
  const arns = JSON.stringify(synthesized(stack)).match(/arn:[a-z-]+:[^"\\]*/g) ?? [];

  expect(arns.length).toBeGreaterThan(10);
  expect(arns.filter((arn) => !arn.startsWith(`arn:${partition}:`))).toEqual([]);
  expect(arns.filter((arn) => arn !== arn.replaceAll("eu-central-1", region))).toEqual([]);
});

test("a topic of another partition is rejected", () => {
  const topic = "arn:aws:sns:cn-north-1:333333333333:on-call";
  expect(() => autoscaler({ contract: inRegion("cn-north-1"), alarmTopicArns: [topic] })).toThrow(
    "use arn:aws-cn:sns:cn-north-1:<account>:<topic>",
  );
});
