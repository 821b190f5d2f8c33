import { CreateSubnetCommand } from "@aws-sdk/client-ec2";
import { ATTACHED_LATER, ZONES } from "./network";
import { Permissions } from "./permissions";
import { Scene, SCENARIOS } from "./scenarios";

const permissions = new Permissions();

/** The scenario's network, and the number of the call of an action that its run makes. */
async function before(name: string, action: string): Promise<{ scene: Scene; at: number }> {
  const { network, prepare } = SCENARIOS[name]!;
  const scenes = [await Scene.build(permissions, network), await Scene.build(permissions, network)] as const;
  for (const scene of scenes) {
    await prepare(scene);
    scene.network.pass(1);
  }
  const { calls } = await scenes[0].run();
  return { scene: scenes[1], at: calls.indexOf(action) };
}

test("a CIDR in which a subnet appears meanwhile stays attached, and that is no failure", async () => {
  const { scene, at } = await before("detach a CIDR", "DisassociateVpcCidrBlock");
  const { network } = scene;
  const request = { VpcId: network.vpcId, CidrBlock: ATTACHED_LATER, AvailabilityZone: ZONES[0] };
  const deed = async () => void (await network.send(new CreateSubnetCommand(request)));
  expect(await scene.run({ deeds: [{ at, deed }] })).toMatchObject({ killed: false, run: {} });
  const attached = await network.ec2.vpcCidrs(network.vpcId);
  expect(attached.map(({ cidr }) => cidr)).toContain(ATTACHED_LATER);
});

test("a CIDR that the pool gives to somebody else meanwhile: one failure, then advice", async () => {
  const { scene, at } = await before("attach a CIDR", "AssociateVpcCidrBlock");
  const { failure } = await scene.run({ deeds: [{ at, deed: () => scene.network.takePoolCidr() }] });
  expect(failure?.message).toContain(`attach-cidr ${ATTACHED_LATER}: ec2:AssociateVpcCidrBlock: `);
  scene.network.pass(1);
  const { run } = await scene.run();
  const stopped = run!.steps.find(({ decision }) => decision.cause === "pool-empty");
  expect(stopped?.decision).toMatchObject({ action: "none" });
  expect(await scene.watch.leftovers()).toEqual([]);
});

test("a quota that is reached: the run says so, and the subnet comes when the quota is raised", async () => {
  const { scene } = await before("make a subnet", "CreateSubnet");
  scene.network.quotas = { subnetsPerVpc: 2 };
  const { failure } = await scene.run();
  expect(failure?.message).toContain("ec2:CreateSubnet: The maximum number of subnets has been reached.");
  expect(await scene.watch.leftovers()).toEqual([]);
  scene.network.quotas = {};
  expect(await scene.runEvery(1, 1)).toEqual([]);
  expect(await scene.open()).toBe(1);
});
