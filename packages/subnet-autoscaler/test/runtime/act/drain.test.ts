import { drain } from "../../../src/runtime";
import { ApiError } from "../../../src/runtime/errors/api-error";
import { drainText } from "../../../src/cli/status-text";
import { MemoryEc2 } from "../memory-ec2";
import { NOW } from "../observation-fixture";

const IN_CLUSTER = { "cluster-ipam/cluster": "prod" };
const OWN = {
  ...IN_CLUSTER,
  "cluster-ipam/autoscaler": "prod",
  "kubernetes.io/role/cni": "1",
  "cost-center": "4711",
};

test("a drain can be limited to a VPC and to CIDRs", async () => {
  const ec2 = new MemoryEc2();
  const [inside, outside] = [ec2.add("100.64.0.0/22", "a", OWN), ec2.add("100.64.4.0/22", "a", OWN)];
  const { deleted } = await drain({ ec2, clusterName: "prod", vpcId: "vpc-other", now: NOW });
  expect(deleted).toEqual([]);
  await drain({ ec2, clusterName: "prod", within: ["100.64.0.0/22"], now: NOW });
  expect(ec2.stored.has(inside)).toBe(false);
  expect([...ec2.stored.keys()]).toEqual([outside]);
});

test("a drain returns what the VPC drew from the growth pool, and no planned CIDR", async () => {
  const ec2 = new MemoryEc2();
  const cidrs = ["100.96.0.0/24", "100.96.4.0/22", "100.97.0.0/24"];
  const drawn = cidrs.map((cidr, index) => ({ associationId: `drawn-${index}`, cidr, state: "associated" }));
  ec2.vpc = [...ec2.vpc, ...drawn];
  ec2.add("100.96.0.0/26", "a", OWN);
  const refused = ec2.disassociateVpcCidr;
  ec2.disassociateVpcCidr = async (id) => {
    if (id === "drawn-1") throw new ApiError("ec2:DisassociateVpcCidrBlock", "DependencyViolation", "in use");
    return refused(id);
  };
  // The VPC is found although no growth subnet is left in it.
  ec2.add("100.64.0.0/22", "a", IN_CLUSTER);

  const result = await drain({ ec2, clusterName: "prod", drawnFrom: ["100.96.0.0/16"], now: NOW });
  expect(result).toMatchObject({ detached: ["100.96.0.0/24"], attached: ["100.96.4.0/22"] });
  expect(ec2.vpc.map(({ cidr }) => cidr)).toEqual(["100.64.0.0/16", "100.96.4.0/22", "100.97.0.0/24"]);
});

test("a drain deletes empty growth subnets, closes those in use, and changes nothing else", async () => {
  const ec2 = new MemoryEc2();
  ec2.vpc = [...ec2.vpc, { associationId: "assoc-2", cidr: "100.65.0.0/18", state: "associated" }];
  const foreign = ec2.add("100.64.0.0/22", "a", { "kubernetes.io/role/cni": "1" });
  const other = ec2.add("100.64.8.0/22", "a", { ...OWN, "cluster-ipam/autoscaler": "dev" });
  ec2.add("100.65.0.0/22", "a", OWN);
  const used = ec2.add("100.64.4.0/22", "b", OWN);
  ec2.attach(used, 3);

  const result = await drain({ ec2, clusterName: "prod", attachCidrs: ["100.65.0.0/18"], now: NOW });
  expect([...ec2.stored.keys()]).toEqual([foreign, other, used]);
  expect(ec2.stored.get(used)!.tags).toEqual({
    ...IN_CLUSTER,
    "cluster-ipam/autoscaler": "prod",
    "cluster-ipam/autoscaler-state": `quarantined@${new Date(NOW).toISOString()}`,
    "cost-center": "4711",
  });
  expect(ec2.vpc.map(({ cidr }) => cidr)).toEqual(["100.64.0.0/16"]);
  expect(drainText(result)).toEqual([
    "- subnet-3  100.65.0.0/22  deleted",
    "- 100.65.0.0/18  disassociated",
    "! subnet-4  100.64.4.0/22  closed, interfaces left: 1",
    "Delete the nodes, which deletes their interfaces, then drain again.",
  ]);

  ec2.interfaces.length = 0;
  await drain({ ec2, clusterName: "prod", now: NOW });
  expect([...ec2.stored.keys()]).toEqual([foreign, other]);
  expect(drainText(await drain({ ec2, clusterName: "prod", now: NOW }))).toEqual(["nothing to drain"]);
});

test("a drain gives back what was drawn from the shared growth pool", async () => {
  const ec2 = new MemoryEc2();
  const drawn = { associationId: "assoc-2", cidr: "100.80.4.0/24", state: "associated" };
  ec2.vpc = [...ec2.vpc, drawn];
  ec2.add("100.80.4.0/25", "a", OWN);
  const drawnFrom = ["100.80.0.0/16"];
  const { detached } = await drain({ ec2, clusterName: "prod", vpcId: "vpc-1", drawnFrom, now: NOW });
  expect(detached).toEqual(["100.80.4.0/24"]);
  expect(ec2.vpc.map(({ cidr }) => cidr)).toEqual(["100.64.0.0/16"]);
});

test("a drain leaves a subnet alone that someone takes over meanwhile, or that is gone", async () => {
  for (const gone of [true, false])
    for (const from of [1, 2]) {
      const ec2 = new MemoryEc2();
      const id = ec2.add("100.64.0.0/22", "a", OWN);
      const { subnet } = ec2;
      let reads = 0;
      ec2.subnet = async (id) => {
        const found = await subnet(id);
        if (++reads < from) return found;
        return gone ? undefined : { ...found!, tags: { ...OWN, "cluster-ipam/autoscaler": "dev" } };
      };
      expect(await drain({ ec2, clusterName: "prod", now: NOW })).toMatchObject({ deleted: [], inUse: [] });
      expect(ec2.calls).toEqual(from === 1 ? [] : ["createTags", "deleteTag"]);
      expect(ec2.stored.has(id)).toBe(true);
    }
});

test("a drain of a VPC asks that VPC alone, by its ID, and takes only what is associated", async () => {
  const ec2 = new MemoryEc2();
  const own = ec2.add("100.64.0.0/22", "a", OWN);
  const closed = ec2.add("100.64.4.0/22", "a", { "cluster-ipam/autoscaler": "prod" });
  const asked: string[] = [];
  const cidr = "100.80.4.0/24";
  ec2.vpcCidrs = (async (id: string) => {
    asked.push(id);
    return [{ associationId: "assoc-2", cidr, state: "disassociating" }];
  }) as typeof ec2.vpcCidrs;
  const within = ["100.64.0.0/22", "100.64.4.0/22"];
  const props = { ec2, clusterName: "prod", now: NOW, within };
  const limited = await drain({ ...props, vpcId: "vpc-1", drawnFrom: ["100.80.0.0/16"] });
  expect(limited).toMatchObject({ detached: [], attached: [] });
  expect(limited.deleted.map(({ id }) => id)).toEqual([own, closed]);
  // The second subnet had no tag for the CNI.
  expect(ec2.calls.filter((call) => call === "deleteTag")).toHaveLength(1);
  ec2.add("100.64.8.0/22", "a", IN_CLUSTER);
  await drain({ ...props, attachCidrs: [cidr] });
  expect(asked).toEqual(["vpc-1", "vpc-1"]);
  await drain(props);
  expect(asked).toHaveLength(2);
});

test("a drain leaves a subnet that EC2 would delete although an interface is in it", async () => {
  const ec2 = new MemoryEc2();
  ec2.attach(ec2.add("100.64.0.0/22", "a", OWN), 1);
  ec2.deleteSubnet = async () => undefined;
  expect(await drain({ ec2, clusterName: "prod", now: NOW })).toMatchObject({
    deleted: [],
    inUse: [{ interfaces: 1 }],
  });
});
