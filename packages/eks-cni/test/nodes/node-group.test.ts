import {
  EksClusterStack,
  type EksClusterStackProps,
  type EksNetworkContract,
  type NodeGroupOptions,
} from "../../src";
import { amiType } from "../../src/nodes/node-image";
import { type EksClusterAddresses } from "@cluster-ipam/address-plan";
import { blocks, clusterProps, contract, grown, newApp, only, payments, twoZones } from "../fixture";

const general = clusterProps.nodeGroups[0]!;

const stackOf = (group: Partial<NodeGroupOptions>, props: Partial<EksClusterStackProps> = {}) =>
  new EksClusterStack(newApp(), "prod-payments", {
    ...clusterProps,
    nodeGroups: [{ ...general, ...group }],
    ...props,
  });

const dense: EksNetworkContract = {
  ...contract,
  addresses: { ...payments, demand: { ...payments.demand, podsPerNode: 250 } },
};

function userData(stack: EksClusterStack): string {
  return Buffer.from(only(stack, "aws_launch_template")["user_data"] as string, "base64").toString();
}

// The interface in the node subnet has no pods, so one fewer counts: 98 = 2 × 3 × 16 + 2.
test.each([
  ["t3.small", {}, 98],
  ["m7i.2xlarge", {}, 110],
  ["m7i.16xlarge", {}, 250],
  ["m6i.4xlarge", { maxPods: 200 }, 200],
  ["x9.new", { instanceShape: { enis: 2, addressesPerEni: 4, vcpus: 2 } }, 50],
])("%s with %j: %i pods", (instanceType, change, pods) => {
  const stack = stackOf(
    { instanceType, size: { min: 1, desired: 1, max: 3 }, ...change },
    { network: dense },
  );

  expect(userData(stack)).toContain(`      maxPods: ${pods}\n`);
});

test("maxPods does not exceed the podsPerNode of the plan", () => {
  const network = {
    ...contract,
    addresses: { ...payments, demand: { ...payments.demand, podsPerNode: 50 } },
  };

  expect(userData(stackOf({}, { network }))).toContain("maxPods: 50\n");
});

test("without prefix delegation a node uses single addresses", () => {
  const stack = stackOf(
    { instanceType: "m7i.xlarge", size: { min: 1, desired: 1, max: 3 } },
    {
      cni: { prefixDelegation: false },
      network: { ...contract, nodeSubnetsExcluded: false, prefixReservations: false },
    },
  );

  expect(userData(stack)).toContain("maxPods: 58\n");
});

test("user data is a MIME part for nodeadm", () => {
  const lines = userData(stackOf({})).split("\n");

  expect(lines.slice(0, 2)).toEqual([
    "MIME-Version: 1.0",
    'Content-Type: multipart/mixed; boundary="NODECONFIG"',
  ]);
  expect(lines).toContain("Content-Type: application/node.eks.aws");
  expect(lines).toContain("apiVersion: node.eks.aws/v1alpha1");
});

test("a group in the node subnets, whose size an autoscaler may change", () => {
  const stack = stackOf({
    capacityType: "SPOT",
    labels: { team: "payments" },
    taints: [{ key: "CriticalAddonsOnly", value: "true", effect: "NO_SCHEDULE" }],
  });

  expect(only(stack, "aws_eks_node_group")).toMatchObject({
    node_group_name: "general",
    subnet_ids: expect.stringMatching(/^\$\{data\.aws_subnets\.cluster_network_node_\w+\.ids\}$/),
    version: expect.stringMatching(/^\$\{aws_eks_cluster\.cluster_\w+\.version\}$/),
    scaling_config: { min_size: 3, desired_size: 6, max_size: 60 },
    update_config: { max_unavailable: 6 },
    lifecycle: { ignore_changes: ["scaling_config[0].desired_size"] },
    capacity_type: "SPOT",
    labels: { team: "payments" },
    taint: [{ key: "CriticalAddonsOnly", value: "true", effect: "NO_SCHEDULE" }],
  });
});

test.each([
  ["m7i.2xlarge", "AL2023_x86_64_STANDARD"],
  ["m7g.large", "AL2023_ARM_64_STANDARD"],
  ["c7gn.xlarge", "AL2023_ARM_64_STANDARD"],
  ["g5.xlarge", "AL2023_x86_64_NVIDIA"],
  ["g5g.xlarge", "AL2023_ARM_64_NVIDIA"],
  ["g4ad.xlarge", "AL2023_x86_64_STANDARD"],
  ["p5.48xlarge", "AL2023_x86_64_NVIDIA"],
  ["inf2.xlarge", "AL2023_x86_64_NEURON"],
])("%s uses the image %s", (instanceType, image) => {
  expect(amiType("AL2023", instanceType)).toBe(image);
});

test.each([
  ["m7i.2xlarge", "BOTTLEROCKET_x86_64"],
  ["m7g.large", "BOTTLEROCKET_ARM_64"],
  ["g5.xlarge", "BOTTLEROCKET_x86_64_NVIDIA"],
  ["g5g.xlarge", "BOTTLEROCKET_ARM_64_NVIDIA"],
  ["inf2.xlarge", "BOTTLEROCKET_x86_64"],
])("%s with Bottlerocket uses the image %s", (instanceType, image) => {
  expect(amiType("Bottlerocket", instanceType)).toBe(image);
});

test("Bottlerocket reads its settings in TOML, and has images and logs on a second volume", () => {
  const stack = stackOf({ image: "Bottlerocket", diskGiB: 100 });

  expect(userData(stack)).toBe("[settings.kubernetes]\nmax-pods = 110\n");
  expect(only(stack, "aws_eks_node_group")).toMatchObject({ ami_type: "BOTTLEROCKET_x86_64" });
  expect(only(stack, "aws_launch_template")["block_device_mappings"]).toMatchObject([
    { device_name: "/dev/xvdb", ebs: { volume_size: 100 } },
  ]);
});

test("an image of your own gets all that a node needs to join, and keeps its version", () => {
  const stack = stackOf({ image: { amiId: "ami-0a1b2c3d4e5f60718" } });

  const [group, template] = [only(stack, "aws_eks_node_group"), only(stack, "aws_launch_template")];
  expect([group["version"], group["ami_type"], template["image_id"]]).toEqual([
    undefined,
    undefined,
    "ami-0a1b2c3d4e5f60718",
  ]);
  const text = template["user_data"] as string;
  expect(text).toMatch(/^\$\{base64encode\("MIME-Version: 1\.0/);
  for (const member of ["endpoint", "certificate_authority[0].data", "kubernetes_network_config[0]"])
    expect(text).toContain(member);
  expect(text).toContain("maxPods: 110");

  const own = stackOf({ image: { amiId: "ami-0a1b2c3d4e5f60718", userData: "#!/bin/sh\njoin" } });
  expect(userData(own)).toBe("#!/bin/sh\njoin");
});

test("of several types the smallest one decides the pods of a node, and the largest one the addresses", () => {
  const spot = { instanceType: ["m7i.2xlarge", "t3.small", "m6i.2xlarge"], maxPods: undefined };
  const size = { min: 1, desired: 1, max: 3 };
  const stack = stackOf({ ...spot, size }, { network: dense });

  expect(userData(stack)).toContain("maxPods: 98\n");
  expect(only(stack, "aws_eks_node_group")).toMatchObject({ instance_types: spot.instanceType });
});

test("a rolling update replaces a number or a share of the nodes", () => {
  const update = (maxUnavailable: number | `${number}%`) =>
    only(stackOf({ maxUnavailable }), "aws_eks_node_group")["update_config"];

  expect(update(2)).toEqual({ max_unavailable: 2 });
  expect(update("50%")).toEqual({ max_unavailable_percentage: 50 });
});

test("SSH opens the nodes to the groups that are named, and keeps them in the cluster's", () => {
  const stack = stackOf({ ssh: { keyName: "ops", securityGroupIds: ["sg-0123456789abcdef0"] } });

  expect(only(stack, "aws_launch_template")).toMatchObject({
    key_name: "ops",
    vpc_security_group_ids: [
      expect.stringContaining("vpc_config[0].cluster_security_group_id"),
      "sg-0123456789abcdef0",
    ],
  });
});

test.each<[Partial<NodeGroupOptions>, string]>([
  [
    { instanceType: ["m7i.large", "m7g.large"] },
    "m7i.large needs the image AL2023_x86_64_STANDARD and m7g.large AL2023_ARM_64_STANDARD, but a group has one image; make a group of each",
  ],
  [{ instanceType: [] }, "node group general has 0 instance types; list 1 to 20"],
  [{ instanceType: ["m7i.large", "m7i.large"] }, "node group general lists m7i.large twice; remove one"],
  [
    {
      instanceType: ["m7i.large", "x9.new"],
      instanceShape: { enis: 2, addressesPerEni: 4, vcpus: 2 },
    },
    "node group general has one instanceShape for m7i.large, x9.new; make a group of each type that is not in the table",
  ],
  [
    { instanceType: ["m7i.large", "m4.large"] },
    "node group general: m4.large runs on Xen, and prefixes need the Nitro hypervisor; use a Nitro type such as m5.large",
  ],
  [
    { image: { amiId: "my-image" } },
    'image.amiId "my-image" is not the id of an image; use one such as ami-0a1b2c3d4e5f60718',
  ],
  [{ diskGiB: 8 }, "diskGiB is 8; use a whole number from 20 to 16384"],
  [{ maxUnavailable: "0%" }, 'maxUnavailable is "0%"; use 1 to 100 nodes, or a share from "1%" to "100%"'],
  [
    { ssh: { keyName: "ops", securityGroupIds: [] } },
    "ssh.securityGroupIds is empty, so no port is open; list a security group that admits port 22, or remove ssh",
  ],
])("%j is refused", (group, message) => {
  expect(() => stackOf(group)).toThrow(message);
});

test("each group keeps its subnets when the network gets more", () => {
  const idsOf = (addresses: EksClusterAddresses, nodeGroups: readonly NodeGroupOptions[]) => {
    const network = { ...contract, addresses };
    const stack = new EksClusterStack(newApp(), "prod-payments", { ...clusterProps, network, nodeGroups });
    const lookups = blocks(stack, "data", "aws_subnets");
    return Object.values(blocks(stack, "resource", "aws_eks_node_group")).map(({ subnet_ids }) => {
      const id = /data\.aws_subnets\.(\w[\w-]*)\.ids/.exec(String(subnet_ids))![1]!;
      const [, cidrs] = lookups[id]!["filter"] as { values: string[] }[];
      return [id, cidrs!.values] as const;
    });
  };
  const small = { ...general, size: { min: 1, desired: 1, max: 4 } };
  const [before] = idsOf(twoZones, [small]);

  const groups = [
    small,
    { ...small, name: "more", nodeSubnets: "nodes-2" },
    { ...small, name: "zonal", zones: ["eu-central-1c"] },
  ];
  expect(Object.fromEntries(idsOf(grown, groups))).toEqual({
    ...Object.fromEntries([before!]),
    "cluster_network_node-2_E32E4F2A": ["10.10.64.0/24", "10.10.65.0/24"],
    "cluster_network_node-eu-central-1c_D73493C2": ["10.10.6.0/24"],
  });
});
