import { EC2Client } from "@aws-sdk/client-ec2";
import { EKSClient } from "@aws-sdk/client-eks";
import { Store } from "@cluster-ipam/cloud-model";
import { DirectEc2, startEndpoint } from "@cluster-ipam/cloud-model/endpoint";
import { seedEksCluster } from "@cluster-ipam/cloud-model/aws/eks";
import { DEFAULT_POLICY, sdkEks } from "@cluster-ipam/subnet-autoscaler/runtime";
import { prefixDelegationEks, type Send, VirtualClock } from "@cluster-ipam/subnet-autoscaler/simulator";
import { ACCOUNT, CLUSTER, REGION } from "./simulated-vpc";
import { Simulation } from "./simulation";
import { trace } from "./trace";

test("a cluster grows from 3 to 2,000 nodes and back: no pod waits longer than the lead time, and all space is reclaimed", async () => {
  const clock = new VirtualClock();
  const ec2 = new DirectEc2({ store: new Store({ now: clock.now }), region: REGION, account: ACCOUNT });
  const podsPerNode = 30;
  const simulation = await Simulation.build({
    send: (command) => ec2.send(command),
    clock,
    eks: prefixDelegationEks,
    // Twice the floor. A smaller subnet would make the zone keep a growth subnet in reserve.
    podLength: 21,
    podsPerNode,
    policy: { budgets: { subnetsPerDay: 24 } },
  });
  const peak = 2000 * podsPerNode;
  await simulation.pass(260, trace([5, 3], [105, peak], [108, peak], [148, 3]));
  expect(simulation.largest).toBe(2000);
  expect(simulation.cluster.longestWait).toBeLessThanOrEqual(DEFAULT_POLICY.leadTimeMinutes);
  expect(simulation.changes.filter((change) => change.startsWith("attach-cidr"))).toHaveLength(2);
  expect(await simulation.leftovers()).toEqual([]);
});

test("a small cluster grows and shrinks over HTTP, with the clients of the AWS SDK", async () => {
  const clock = new VirtualClock();
  const endpoint = await startEndpoint({ now: clock.now });
  const config = {
    endpoint: endpoint.url,
    region: REGION,
    credentials: { accessKeyId: ACCOUNT, secretAccessKey: "sandbox" },
  };
  const ec2 = new EC2Client(config);
  const eks = new EKSClient(config);
  try {
    const simulation = await Simulation.build({
      send: ((command: never) => ec2.send(command)) as unknown as Send,
      clock,
      eks: (vpcId) => {
        seedEksCluster(endpoint.store, { owner: ACCOUNT, region: REGION, name: CLUSTER, vpcId });
        return sdkEks(eks);
      },
      podLength: 24,
      podsPerNode: 30,
      policy: {
        leadTimeMinutes: 10,
        floorPrefixes: 4,
        netmaskLengths: [25, 24],
        reclaim: { emptyMinutes: 5, quarantineMinutes: 5 },
      },
    });
    await simulation.pass(45, trace([1, 3], [16, 1200], [18, 1200], [22, 3]));
    expect(simulation.largest).toBe(40);
    expect(simulation.cluster.longestWait).toBeLessThanOrEqual(10);
    expect(simulation.changes.some((change) => change.startsWith("create"))).toBe(true);
    expect(await simulation.leftovers()).toEqual([]);
  } finally {
    ec2.destroy();
    eks.destroy();
    await endpoint.stop();
  }
});
