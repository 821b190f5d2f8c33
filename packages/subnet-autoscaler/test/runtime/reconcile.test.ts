import {
  ApiError,
  type ChangeEvent,
  type Eks,
  History,
  reconcile,
  type ReconcileProps,
} from "../../src/runtime";
import { CloudMemory } from "../../src/runtime/cloud/cloud-memory";
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
  expect(lines.at(-1)).toMatchObject({
    Cluster: "prod",
    Heartbeat: 1,
    changes: 1,
    failures: 0,
    ShortZones: 1,
  });
});

test("a subnet is created with the configured tags, which keep the autoscaler's own", async () => {
  const { run, growthSubnets } = cluster({ config: configOf({ subnetTags: { team: "payments" } }) });
  await run();
  expect(growthSubnets()[0]!.tags).toMatchObject({ team: "payments", "cluster-ipam/autoscaler": "prod" });
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
  expect(growthSubnets()[0]!.tags).not.toHaveProperty(["cni.networking.k8s.aws/cluster/prod"]);
  ec2.interfaces.length = 0;
  for (const [id, subnet] of ec2.stored) ec2.stored.set(id, { ...subnet, availableAddresses: 1019 });
  await run();
  await later(61);
  expect(growthSubnets()[0]!.tags).not.toHaveProperty(["kubernetes.io/role/cni"]);
  await later(31);
  expect(growthSubnets()).toEqual([]);
});

test.each<[string, Partial<ReconcileProps["config"]>]>([
  ["CIDR", { growthPools: { cidrs: ["100.64.128.0/18"], drainCidrs: ["100.64.64.0/18"] } }],
  [
    "part of the shared pool",
    {
      growthPools: {
        cidrs: ["100.64.128.0/18"],
        shared: { ipamPoolId: "ipam-pool-2", cidrs: [], drainCidrs: ["100.64.64.0/18"] },
      },
    },
  ],
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

  const others = what === "zone" ? [] : [["100.64.128.0/22", "1"]];
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
  expect(lines.at(-1)).toMatchObject({ Heartbeat: 0, changes: 1, failures: 1 });
});

test("a change that finds no time is left to the next run, and the heartbeat says so", async () => {
  const { ec2, run, lines } = cluster({ memory: new CloudMemory() });
  await run({ deadline: NOW });
  expect(ec2.calls).toEqual([]);
  expect(lines[0]).toMatchObject({ action: "create", result: "out-of-time" });
  expect(lines.at(-1)).toMatchObject({ Heartbeat: 0, failures: 0 });
  await run();
  expect(ec2.calls).toContain("createSubnet");
  expect(lines.at(-1)).toMatchObject({ Heartbeat: 1 });
});

test("a quiet run reads the subnets only; a run that makes a change reads everything again before it", async () => {
  const reads: string[] = [];
  const ec2 = new MemoryEc2();
  for (const name of ["subnets", "routeTables", "vpcCidrs", "forEachInterface"] as const) {
    const read = ec2[name] as (...args: unknown[]) => Promise<unknown>;
    Object.assign(ec2, { [name]: (...args: unknown[]) => (reads.push(name), read(...args)) });
  }
  const { later } = cluster({ memory: new CloudMemory() }, ec2);
  ec2.interfaces.length = 0;
  ec2.stored.set("subnet-1", { ...ec2.stored.get("subnet-1")!, availableAddresses: 1019 });
  await later(0);
  reads.length = 0;
  await later(1);
  expect(reads).toEqual(["subnets"]);

  ec2.attach("subnet-1", 62);
  reads.length = 0;
  await later(3);
  // The first look reads what changed; the second, before the change, all that is older than two runs.
  expect(reads.slice(0, 5)).toEqual([
    "subnets",
    "forEachInterface",
    "routeTables",
    "vpcCidrs",
    "forEachInterface",
  ]);
  expect(ec2.calls[0]).toBe("createSubnet");
});

test("dry runs and changes that await approval are not reasons to read everything again", async () => {
  for (const mode of ["dry-run", "approve"] as const) {
    const reads: string[] = [];
    const ec2 = new MemoryEc2();
    const { routeTables } = ec2;
    ec2.routeTables = () => (reads.push("routeTables"), routeTables());
    const { later } = cluster({ memory: new CloudMemory(), config: configOf({ mode }) }, ec2);
    for (let minute = 0; minute < 5; minute++) await later(1);
    expect(reads).toEqual(["routeTables"]);
  }
});

test("after its deadline a run starts no change, and what it postpones ten times is reported", async () => {
  const { ec2, run, lines } = cluster({ deadline: NOW, history: new History() });
  for (let time = 0; time < 10; time++) await run();
  expect(ec2.calls).toEqual([]);
  expect(lines.at(-1)).toMatchObject({ Heartbeat: 0, changes: 0 });
  expect(lines.at(-1)).not.toHaveProperty("Advice");
  await run();
  expect(lines.at(-1)).toMatchObject({ Advice: 1 });
  expect(lines).toContainEqual(
    expect.objectContaining({
      cause: "stuck",
      reason: "create 100.64.64.0/22 a full was postponed in 11 runs in a row: the next run makes the change",
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
    expect(lines).toMatchObject([{ Heartbeat: 0, failures: 1 }]);
  },
);
