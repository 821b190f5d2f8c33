import { reconcile } from "../../src/runtime";
import { MemoryEc2, memoryEks } from "./memory-ec2";
import { configOf, NOW } from "./observation-fixture";

const POD_TAGS = {
  "cluster-ipam/cluster": "prod",
  "cluster-ipam/role": "pod",
  "kubernetes.io/role/cni": "1",
};
const openTags = { "acme/pods": "prod" };

/** A cluster whose zone a is full, and an autoscaler that reclaims after five minutes. */
function cluster() {
  const ec2 = new MemoryEc2();
  const full = ec2.add("100.64.0.0/22", "a", POD_TAGS, "rtb-a", "acl-pods");
  ec2.add("100.64.4.0/22", "b", POD_TAGS, "rtb-b");
  ec2.attach(full, 62);
  const time = { now: NOW };
  const policy = {
    ...configOf().policy,
    floorPrefixes: 16,
    reclaim: { emptyMinutes: 5, quarantineMinutes: 60 },
  };
  const run = async (minutes = 0, more: Parameters<typeof configOf>[0] = { openTags }): Promise<void> => {
    time.now += minutes * 60_000;
    await reconcile({
      ec2,
      eks: memoryEks(),
      config: configOf({ policy, ...more }),
      clock: { now: () => time.now, sleep: async (milliseconds) => void (time.now += milliseconds) },
      reporter: { log: () => undefined, publish: async () => undefined },
    });
  };
  const growth = () =>
    [...ec2.stored.values()].find(({ tags }) => tags["cluster-ipam/autoscaler"] === "prod");
  return { ec2, run, growth, full };
}

test("a growth subnet has the tags of other selectors while it is open to pods, and not before or after", async () => {
  const { ec2, run, growth, full } = cluster();
  const atCreation: string[] = [];
  const { createSubnet } = ec2;
  ec2.createSubnet = (request) => {
    atCreation.push(...Object.keys(request.tags));
    return createSubnet(request);
  };
  await run();
  expect(atCreation).not.toContain("acme/pods");
  expect(growth()!.tags).toMatchObject({ "kubernetes.io/role/cni": "1", "acme/pods": "prod" });

  // The pods leave: the zone has enough prefixes without the growth subnet.
  ec2.interfaces.length = 0;
  ec2.stored.set(full, { ...ec2.stored.get(full)!, availableAddresses: 1019 });
  await run(1);
  await run(10);
  expect(growth()!.tags).toMatchObject({ "kubernetes.io/role/cni": "0", "acme/pods": "closed" });
});

test("growth subnets that were opened before the option was set get the tags", async () => {
  const { run, growth } = cluster();
  await run(0, {});
  expect(growth()!.tags).not.toHaveProperty("acme/pods");
  await run(1);
  expect(growth()!.tags).toMatchObject({ "acme/pods": "prod" });
});
