import {
  ApiError,
  type ChangeEvent,
  type Eks,
  History,
  reconcile,
  type ReconcileProps,
} from "../../src/runtime";
import { MemoryEc2, memoryEks } from "./memory-ec2";
import { configOf as configWith, NOW } from "./network";

// A floor of a quarter of the pod subnet, so that the subnet alone is enough to give the others back.
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
      report: { write: (line) => void lines.push(line), event: async (event) => void events.push(event) },
      ...props,
      ...more,
    });
  const later = async (minutes: number): Promise<void> => {
    time.now += minutes * 60_000;
    await run();
  };
  const grown = () =>
    [...ec2.world.values()].filter(({ tags }) => tags["cluster-ipam/autoscaler"] === "prod");
  return { ec2, run, later, grown, lines, events };
}

test("a short zone gets a subnet that is born dark, wired, and then opened by one tag call", async () => {
  const { ec2, run, grown, events, lines } = cluster();
  await run();
  expect(ec2.calls).toEqual([
    "createSubnet",
    "associateRouteTable",
    "replaceNetworkAclAssociation",
    "createTags",
  ]);
  expect(grown()).toMatchObject([
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
  expect(events.map(({ detail }) => detail.id)).toEqual(["create 100.64.64.0/22"]);
  expect(lines[0]).toMatchObject({ action: "create", cause: "full", result: "done" });
  expect(lines.at(-1)).toMatchObject({ Cluster: "prod", Heartbeat: 1, Changes: 1, Failures: 0 });
});

test("what is not needed any more is closed, kept, and given back", async () => {
  const { ec2, run, later, grown } = cluster();
  await run();
  ec2.interfaces.length = 0;
  for (const [id, subnet] of ec2.world) ec2.world.set(id, { ...subnet, availableAddresses: 1019 });
  await run();
  await later(61);
  expect(grown()[0]!.tags["kubernetes.io/role/cni"]).toBe("0");
  await later(29);
  expect(grown()).toHaveLength(1);
  await later(2);
  expect(grown()).toEqual([]);
  expect([...ec2.world.values()].map(({ cidr }) => cidr)).toEqual(["100.64.0.0/22", "100.64.4.0/22"]);
});

test("before CNI 1.22 a subnet is closed by deleting its tag, since every value invites pods", async () => {
  const { ec2, run, later, grown } = cluster({ eks: memoryEks("v1.19.0-eksbuild.1") });
  await run();
  expect(grown()[0]!.tags).not.toHaveProperty("cni.networking.k8s.aws/cluster/prod");
  ec2.interfaces.length = 0;
  for (const [id, subnet] of ec2.world) ec2.world.set(id, { ...subnet, availableAddresses: 1019 });
  await run();
  await later(61);
  expect(grown()[0]!.tags).not.toHaveProperty("kubernetes.io/role/cni");
  await later(31);
  expect(grown()).toEqual([]);
});

test("a quarantined subnet that is needed again is opened instead of a new one", async () => {
  const { ec2, run, later, grown } = cluster();
  await run();
  ec2.interfaces.length = 0;
  for (const [id, subnet] of ec2.world) ec2.world.set(id, { ...subnet, availableAddresses: 1019 });
  await run();
  await later(61);
  expect(grown()[0]!.tags["kubernetes.io/role/cni"]).toBe("0");
  ec2.attach("subnet-1", 62);
  await later(1);
  expect(grown().map(({ cidr, tags }) => [cidr, tags["kubernetes.io/role/cni"]])).toEqual([
    ["100.64.64.0/22", "1"],
  ]);
});

test("a subnet that somebody else takes over is left alone, even between the look and the change", async () => {
  const { ec2, run, grown } = cluster();
  await run();
  const { id, tags } = grown()[0]!;
  ec2.world.set(id, { ...ec2.world.get(id)!, table: "rtb-b" });
  ec2.subnet = async () => ({ ...ec2.world.get(id)!, tags: { ...tags, "cluster-ipam/autoscaler": "other" } });
  await expect(run()).rejects.toThrow(
    `rewire ${id}: ${id}: its tag cluster-ipam/autoscaler is other, not prod`,
  );
  expect(ec2.world.get(id)!.table).toBe("rtb-b");
});

test("dry-run changes nothing; approve asks once, and makes what is approved", async () => {
  const dry = cluster({ config: configOf({ mode: "dry-run" }) });
  await dry.run();
  expect([dry.ec2.calls, dry.events]).toEqual([[], []]);
  expect(dry.lines[0]).toMatchObject({ result: "announced", id: "create 100.64.64.0/22" });

  const history = new History();
  const asked = cluster({ config: configOf({ mode: "approve" }), history });
  await asked.run();
  await asked.run();
  expect(asked.events.map(({ detailType }) => detailType)).toEqual(["Subnet Autoscaler Approval Needed"]);
  expect(asked.ec2.calls).toEqual([]);
  await asked.run({ approved: ["create 100.64.64.0/22"] });
  expect(asked.grown()).toHaveLength(1);
});

test("a change that fails does not stop the others, and fails the run in the end", async () => {
  const { ec2, run, grown, lines } = cluster();
  ec2.attach("subnet-2", 62);
  const createSubnet = ec2.createSubnet;
  ec2.createSubnet = async (request) => {
    if (request.zone === "b") return createSubnet(request);
    throw new ApiError("ec2:CreateSubnet", "UnauthorizedOperation", "You are not authorized");
  };
  await expect(run()).rejects.toThrow(
    "prod: create 100.64.64.0/22: ec2:CreateSubnet: the role may not do this (UnauthorizedOperation); allow ec2:CreateSubnet in its policy",
  );
  expect(grown()).toMatchObject([{ zone: "b", table: "rtb-b" }]);
  expect(lines.at(-1)).toMatchObject({ Heartbeat: 1, Failures: 1 });
});

const broken: [string, Partial<Eks>][] = [
  ["there is no such EKS cluster in eu-central-1", { clusterVpc: async () => undefined }],
  ["it is in vpc-2, not vpc-1", { clusterVpc: async () => "vpc-2" }],
  ["it has no add-on vpc-cni", { cniAddon: async () => undefined }],
  [
    "the add-on's configuration values are no JSON",
    { cniAddon: async () => ({ version: "v1.23.1", configuration: "env: {}" }) },
  ],
];
test.each(broken)("without a sight of the cluster nothing is done: %s", async (message, eks) => {
  const { ec2, run, lines } = cluster({ eks: { ...memoryEks(), ...eks } });
  await expect(run()).rejects.toThrow(message);
  expect(ec2.calls).toEqual([]);
  expect(lines).toMatchObject([{ Failures: 1 }]);
  expect(lines[0]).not.toHaveProperty("Heartbeat");
});
