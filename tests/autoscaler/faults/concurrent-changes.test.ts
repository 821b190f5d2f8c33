import { CreateSubnetCommand } from "@aws-sdk/client-ec2";
import { ATTACHED_LATER, ZONES } from "./network";
import { Permissions } from "./permissions";
import { Testbed, SCENARIOS } from "./scenarios";

const permissions = new Permissions();

/** The scenario's testbed before its run, and the index of an action among the run's calls. */
async function before(name: string, action: string): Promise<{ testbed: Testbed; at: number }> {
  const { network, prepare } = SCENARIOS[name]!;
  const testbeds = [
    await Testbed.build(permissions, network),
    await Testbed.build(permissions, network),
  ] as const;
  for (const testbed of testbeds) {
    await prepare(testbed);
    testbed.network.pass(1);
  }
  const { calls } = await testbeds[0].run();
  return { testbed: testbeds[1], at: calls.indexOf(action) };
}

test("a CIDR in which a subnet appears during the run stays attached, without a failure", async () => {
  const { testbed, at } = await before("detach a CIDR", "DisassociateVpcCidrBlock");
  const { network } = testbed;
  const request = { VpcId: network.vpcId, CidrBlock: ATTACHED_LATER, AvailabilityZone: ZONES[0] };
  const intervention = async () => void (await network.send(new CreateSubnetCommand(request)));
  expect(await testbed.run({ interventions: [{ at, intervention }] })).toMatchObject({
    killed: false,
    run: {},
  });
  const attached = await network.ec2.vpcCidrs(network.vpcId);
  expect(attached.map(({ cidr }) => cidr)).toContain(ATTACHED_LATER);
});

test("a CIDR that the pool allocates to someone else during the run gives one failure, then advice", async () => {
  const { testbed, at } = await before("attach a CIDR", "AssociateVpcCidrBlock");
  const { failure } = await testbed.run({
    interventions: [{ at, intervention: () => testbed.network.takePoolCidr() }],
  });
  expect(failure?.message).toContain(
    `attach-cidr ${ATTACHED_LATER} growth-space-short: ec2:AssociateVpcCidrBlock: `,
  );
  testbed.network.pass(1);
  const { run } = await testbed.run();
  const stopped = run!.steps.find(({ decision }) => decision.cause === "pool-empty");
  expect(stopped?.decision).toMatchObject({ action: "none" });
  expect(await testbed.invariants.leftovers()).toEqual([]);
});

test("a reached quota fails the run, and the subnet is created once it is raised", async () => {
  const { testbed } = await before("create a subnet", "CreateSubnet");
  testbed.network.quotas = { subnetsPerVpc: 2 };
  const { failure } = await testbed.run();
  expect(failure?.message).toContain("ec2:CreateSubnet: The maximum number of subnets has been reached.");
  expect(await testbed.invariants.leftovers()).toEqual([]);
  testbed.network.quotas = {};
  expect(await testbed.runEvery(1, 1)).toEqual([]);
  expect(await testbed.open()).toBe(1);
});
