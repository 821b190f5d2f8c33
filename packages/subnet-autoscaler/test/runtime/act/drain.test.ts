import { drain } from "../../src/runtime";
import { drainText } from "../../src/runtime/status-text";
import { MemoryEc2 } from "./memory-ec2";
import { NOW } from "./network";

const OWN = { "cluster-ipam/autoscaler": "prod", "kubernetes.io/role/cni": "1" };

test("a drain deletes what the autoscaler made, closes what is in use, and touches nothing else", async () => {
  const ec2 = new MemoryEc2();
  ec2.vpc = [...ec2.vpc, { associationId: "assoc-2", cidr: "100.65.0.0/18", state: "associated" }];
  const foreign = ec2.add("100.64.0.0/22", "a", { "kubernetes.io/role/cni": "1" });
  const other = ec2.add("100.64.8.0/22", "a", { ...OWN, "cluster-ipam/autoscaler": "dev" });
  ec2.add("100.65.0.0/22", "a", OWN);
  const used = ec2.add("100.64.4.0/22", "b", OWN);
  ec2.attach(used, 3);

  const drained = await drain({ ec2, cluster: "prod", attachCidrs: ["100.65.0.0/18"], now: NOW });
  expect([...ec2.world.keys()]).toEqual([foreign, other, used]);
  expect(ec2.world.get(used)!.tags).not.toHaveProperty("kubernetes.io/role/cni");
  expect(ec2.vpc.map(({ cidr }) => cidr)).toEqual(["100.64.0.0/16"]);
  expect(drainText(drained)).toEqual([
    "- subnet-3  100.65.0.0/22  deleted",
    "- 100.65.0.0/18  disassociated",
    "! subnet-4  100.64.4.0/22  closed, 1 interfaces left",
    "Delete the nodes, then drain again: interfaces go with their nodes.",
  ]);

  ec2.interfaces.length = 0;
  await drain({ ec2, cluster: "prod", now: NOW });
  expect([...ec2.world.keys()]).toEqual([foreign, other]);
  expect(drainText(await drain({ ec2, cluster: "prod", now: NOW }))).toEqual(["nothing to drain"]);
});
