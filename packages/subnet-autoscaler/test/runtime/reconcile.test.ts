import {
  ApiError,
  type ChangeEvent,
  type Eks,
  History,
  reconcile,
  type ReconcileProps,
} from "../../src/runtime";
import { MemoryEc2, memoryEks } from "./memory-ec2";
import { configOf as configWith, NOW } from "./observation-fixture";

// The floor is a quarter of the pod subnet, so that the subnet alone is enough to reclaim the others.
const configOf = (change: Parameters<typeof configWith>[0] = {}) =>
  configWith({ policy: { ...configWith().policy, floorPrefixes: 16 }, ...change });

const POD_TAGS = {
  "cluster-ipam/cluster": "prod",
  "cluster-ipam/role": "pod",
  "kubernetes.io/role/cni": "1",
};

/** A cluster whose zone a has no free prefix left. */
function cluster(props: Partial<ReconcileProps> = {}, ec2 = new MemoryEc2()) {
  const a = ec2.add("100.64.0.0/22", "a", POD_TAGS, "rtb-a", "acl-pods");
  ec2.add("100.64.4.0/22", "b", POD_TAGS, "rtb-b");
  ec2.attach(a, 62);
  const lines: Record<string, unknown>[] = [];
  const events: ChangeEvent[] = [];
  const time = { now: NOW };
  const run = (more: Partial<ReconcileProps> = {}) =>
    reconcile({
      ec2,
      eks: memoryEks(),
      config: configOf(),
      clock: { now: () => time.now, sleep: async (milliseconds) => void (time.now += milliseconds) },
      reporter: { log: (line) => void lines.push(line), publish: async (event) => void events.push(event) },
      ...props,
      ...more,
    });
  const later = async (minutes: number, more: Partial<ReconcileProps> = {}): Promise<void> => {
    time.now += minutes * 60_000;
    await run(more);
  };
  const growthSubnets = () =>
    [...ec2.stored.values()].filter(({ tags }) => tags["cluster-ipam/autoscaler"] === "prod");
  return { ec2, run, later, growthSubnets, lines, events };
}

test("a zone below its floor gets a subnet that is created closed, wired, and then opened by one tag call", async () => {
  const { ec2, run, growthSubnets, events, lines } = cluster();
  await run();
  expect(ec2.calls).toEqual([
    "createSubnet",
    "associateRouteTable",
    "replaceNetworkAclAssociation",
    "createTags",
    ...Array<string>(4).fill("reservePrefixes"),
  ]);
  expect(growthSubnets()).toMatchObject([
    {
      cidr: "100.64.64.0/22",
      zone: "a",
      table: "rtb-a",
      acl: "acl-pods",
      tags: {
        "kubernetes.io/role/cni": "1",
        "cni.networking.k8s.aws/cluster/prod": "shared",
        "cluster-ipam/role": "growth",
      },
    },
  ]);
  expect(events.map(({ detail }) => detail.id)).toEqual(["create 100.64.64.0/22 a full"]);
  expect(lines[0]).toMatchObject({ action: "create", cause: "full", result: "done" });
  expect(lines.at(-1)).toMatchObject({ Cluster: "prod", Heartbeat: 1, Changes: 1, Failures: 0 });
});

test("a subnet that is no longer needed is closed, quarantined and deleted", async () => {
  const { ec2, run, later, growthSubnets } = cluster();
  await run();
  ec2.interfaces.length = 0;
  for (const [id, subnet] of ec2.stored) ec2.stored.set(id, { ...subnet, availableAddresses: 1019 });
  await run();
  await later(61);
  expect(growthSubnets()[0]!.tags["kubernetes.io/role/cni"]).toBe("0");
  await later(29);
  expect(growthSubnets()).toHaveLength(1);
  await later(2);
  expect(growthSubnets()).toEqual([]);
  expect([...ec2.stored.values()].map(({ cidr }) => cidr)).toEqual(["100.64.0.0/22", "100.64.4.0/22"]);
});

test("before CNI 1.22 a subnet is closed by deleting its tag, because every value includes it", async () => {
  const { ec2, run, later, growthSubnets } = cluster({ eks: memoryEks("v1.19.0-eksbuild.1") });
  await run();
  expect(growthSubnets()[0]!.tags).not.toHaveProperty("cni.networking.k8s.aws/cluster/prod");
  ec2.interfaces.length = 0;
  for (const [id, subnet] of ec2.stored) ec2.stored.set(id, { ...subnet, availableAddresses: 1019 });
  await run();
  await later(61);
  expect(growthSubnets()[0]!.tags).not.toHaveProperty("kubernetes.io/role/cni");
  await later(31);
  expect(growthSubnets()).toEqual([]);
});

test.each<[string, Partial<ReconcileProps["config"]>]>([
  ["CIDR", { growthPools: { cidrs: ["100.64.128.0/18"], drainCidrs: ["100.64.64.0/18"] } }],
  ["zone", { zones: [{ zone: "a", draining: true }, { zone: "b" }] }],
])("a draining %s is closed while pods use it, and deleted when they have left", async (what, change) => {
  const { ec2, run, later, growthSubnets } = cluster();
  await run();
  const { id } = growthSubnets()[0]!;
  ec2.attach(id, 10);
  const config = configOf(change);
  const laterDraining = async (minutes: number) => {
    await later(minutes, { config });
    return growthSubnets().map(({ cidr, tags }) => [cidr, tags["kubernetes.io/role/cni"]]);
  };

  const others = what === "CIDR" ? [["100.64.128.0/22", "1"]] : [];
  expect(await laterDraining(10)).toEqual([["100.64.64.0/22", "0"], ...others]);
  await laterDraining(120);
  expect(await laterDraining(120)).toEqual([["100.64.64.0/22", "0"], ...others]);
  ec2.interfaces.splice(-1);
  ec2.stored.set(id, { ...ec2.stored.get(id)!, availableAddresses: 1019 });
  for (let run = 0; run < 3; run++) await laterDraining(1);
  expect(await laterDraining(20)).toEqual([["100.64.64.0/22", "0"], ...others]);
  expect(await laterDraining(20)).toEqual(others);
});

test("a quarantined subnet is reopened before a new one is created", async () => {
  const { ec2, run, later, growthSubnets } = cluster();
  await run();
  ec2.interfaces.length = 0;
  for (const [id, subnet] of ec2.stored) ec2.stored.set(id, { ...subnet, availableAddresses: 1019 });
  await run();
  await later(61);
  expect(growthSubnets()[0]!.tags["kubernetes.io/role/cni"]).toBe("0");
  ec2.attach("subnet-1", 62);
  await later(1);
  expect(growthSubnets().map(({ cidr, tags }) => [cidr, tags["kubernetes.io/role/cni"]])).toEqual([
    ["100.64.64.0/22", "1"],
  ]);
});

test("a subnet that someone else takes over is not changed, even between observation and change", async () => {
  const { ec2, run, growthSubnets } = cluster();
  await run();
  const { id, tags } = growthSubnets()[0]!;
  ec2.stored.set(id, { ...ec2.stored.get(id)!, table: "rtb-b" });
  ec2.subnet = async () => ({
    ...ec2.stored.get(id)!,
    tags: { ...tags, "cluster-ipam/autoscaler": "other" },
  });
  await expect(run()).rejects.toThrow(
    `rewire ${id} a unfinished: ${id}: its tag cluster-ipam/autoscaler is other, not prod`,
  );
  expect(ec2.stored.get(id)!.table).toBe("rtb-b");
});

test("dry-run changes nothing; approve requests each approval once and makes approved changes", async () => {
  const dry = cluster({ config: configOf({ mode: "dry-run" }) });
  await dry.run();
  expect([dry.ec2.calls, dry.events]).toEqual([[], []]);
  expect(dry.lines[0]).toMatchObject({ result: "announced", id: "create 100.64.64.0/22 a full" });

  const history = new History();
  const approving = cluster({ config: configOf({ mode: "approve" }), history });
  await approving.run();
  await approving.run();
  expect(approving.events.map(({ detailType }) => detailType)).toEqual(["Subnet Autoscaler Approval Needed"]);
  expect(approving.ec2.calls).toEqual([]);
  await approving.run({ approved: ["create 100.64.64.0/22 a full"] });
  expect(approving.growthSubnets()).toHaveLength(1);
});

test("a failed change does not stop the others, and the run fails at the end", async () => {
  const { ec2, run, growthSubnets, lines } = cluster();
  ec2.attach("subnet-2", 62);
  const createSubnet = ec2.createSubnet;
  ec2.createSubnet = async (request) => {
    if (request.zone === "b") return createSubnet(request);
    throw new ApiError("ec2:CreateSubnet", "UnauthorizedOperation", "You are not authorized");
  };
  await expect(run()).rejects.toThrow(
    "prod: create 100.64.64.0/22 a full: ec2:CreateSubnet: access denied (UnauthorizedOperation); allow ec2:CreateSubnet in the role's policy",
  );
  expect(growthSubnets()).toMatchObject([{ zone: "b", table: "rtb-b" }]);
  expect(lines.at(-1)).toMatchObject({ Heartbeat: 1, Failures: 1 });
});

test("after its deadline a run starts no change, and what it postpones ten times is reported", async () => {
  const { ec2, run, lines } = cluster({ deadline: NOW, history: new History() });
  for (let time = 0; time < 10; time++) await run();
  expect(ec2.calls).toEqual([]);
  expect(lines.at(-1)).toMatchObject({ Heartbeat: 1, Changes: 0, Advice: 0 });
  await run();
  expect(lines.at(-1)).toMatchObject({ Advice: 1 });
  expect(lines).toContainEqual(
    expect.objectContaining({
      cause: "stuck",
      reason: "create 100.64.64.0/22 a full was postponed in 11 runs in a row: the run has no time left",
    }),
  );
});

test("a CIDR of the shared pool and the subnets in it are made in one run", async () => {
  const shared = { ipamPoolId: "ipam-pool-shared", cidrs: ["100.80.0.0/16"] };
  const { ec2, run, growthSubnets } = cluster({
    config: configOf({
      growthPools: { cidrs: [], shared },
      policy: { ...configOf().policy, attachLeadMinutes: 0 },
      writer: "eu-central-1/prod",
    }),
  });
  await run();
  expect(ec2.calls.filter((call) => /Vpc|Subnet/.test(call))).toEqual(["associateVpcCidr", "createSubnet"]);
  expect(growthSubnets()).toMatchObject([
    { cidr: "100.80.0.0/23", tags: { "cluster-ipam/autoscaler-writer": "eu-central-1/prod" } },
  ]);
});

const unobservable: [string, Partial<Eks>][] = [
  ["no such EKS cluster in eu-central-1", { clusterVpc: async () => undefined }],
  ["the cluster is in vpc-2, not vpc-1", { clusterVpc: async () => "vpc-2" }],
  ["the cluster has no add-on vpc-cni", { cniAddon: async () => undefined }],
  [
    "the add-on's configuration values are not JSON",
    { cniAddon: async () => ({ version: "v1.23.1", configuration: "env: {}" }) },
  ],
];
test.each(unobservable)(
  "nothing is changed when the cluster cannot be observed: %s",
  async (message, eks) => {
    const { ec2, run, lines } = cluster({ eks: { ...memoryEks(), ...eks } });
    await expect(run()).rejects.toThrow(message);
    expect(ec2.calls).toEqual([]);
    expect(lines).toMatchObject([{ Failures: 1 }]);
    expect(lines[0]).not.toHaveProperty("Heartbeat");
  },
);
