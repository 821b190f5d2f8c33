import {
  CreateSubnetCidrReservationCommand,
  CreateTagsCommand,
  DeleteSubnetCommand,
  DeleteTagsCommand,
  DescribeRouteTablesCommand,
  type DescribeRouteTablesCommandOutput,
  DisassociateRouteTableCommand,
} from "@aws-sdk/client-ec2";
import { type Ec2Subnet } from "@cluster-ipam/subnet-autoscaler/runtime";
import { type Network } from "./network";
import { type Invariants } from "./invariants";

/** What an operator does to a growth subnet. */
export const INTERVENTIONS = {
  "deletes it": ({ id }, network) => network.send(new DeleteSubnetCommand({ SubnetId: id })),
  "takes it over": ({ id }, network) => untag(network, id, "cluster-ipam/autoscaler"),
  "gives it to another cluster": ({ id }, network) => tag(network, id, "cluster-ipam/autoscaler", "dev-shop"),
  "closes it": ({ id }, network) => tag(network, id, "kubernetes.io/role/cni", "0"),
  "deletes its CNI tag": ({ id }, network) => untag(network, id, "kubernetes.io/role/cni"),
  "deletes its state tag": ({ id }, network) => untag(network, id, "cluster-ipam/autoscaler-state"),
  "corrupts its state tag": ({ id }, network) =>
    tag(network, id, "cluster-ipam/autoscaler-state", "active@yesterday"),
  "backdates its empty-since tag": ({ id }, network) =>
    tag(network, id, "cluster-ipam/empty-since", "2020-01-01T00:00:00Z"),
  "reserves a part of it": ({ id, cidr }, network) =>
    network.send(
      new CreateSubnetCidrReservationCommand({
        SubnetId: id,
        Cidr: cidr.replace(/\d+\/\d+$/, (end) => `${Number(end.split("/")[0]) + 16}/28`),
        ReservationType: "explicit",
      }),
    ),
  "unwires it": unwire,
} satisfies Record<string, (subnet: Ec2Subnet, network: Network) => Promise<unknown>>;

/** Name of an intervention. */
export type Intervention = keyof typeof INTERVENTIONS;

/** Intervenes on a growth subnet, if there is one. @param which index of the subnet, from the youngest */
export async function intervene(
  network: Network,
  invariants: Invariants,
  intervention: Intervention,
  which: number,
): Promise<void> {
  const growthSubnets = await network.growthSubnets();
  const subnet = growthSubnets.at(-1 - (which % Math.max(1, growthSubnets.length)));
  if (subnet === undefined) return;
  if (intervention === "reserves a part of it") invariants.reservedByOperator(subnet.id);
  await invariants.duringIntervention(subnet.id, () =>
    unlessRefused(INTERVENTIONS[intervention](subnet, network)),
  );
}

function tag(network: Network, id: string, Key: string, Value: string): Promise<unknown> {
  return network.send(new CreateTagsCommand({ Resources: [id], Tags: [{ Key, Value }] }));
}

function untag(network: Network, id: string, Key: string): Promise<unknown> {
  return network.send(new DeleteTagsCommand({ Resources: [id], Tags: [{ Key }] }));
}

async function unwire({ id }: Ec2Subnet, network: Network): Promise<void> {
  const { RouteTables } = await network.send<DescribeRouteTablesCommandOutput>(
    new DescribeRouteTablesCommand({ Filters: [{ Name: "association.subnet-id", Values: [id] }] }),
  );
  const association = RouteTables![0]?.Associations?.find(({ SubnetId }) => SubnetId === id);
  if (association === undefined) return;
  const AssociationId = association.RouteTableAssociationId;
  await network.send(new DisassociateRouteTableCommand({ AssociationId }));
}

/** Ignores that EC2 refuses to change a subnet that is in use or no longer exists. */
async function unlessRefused(intervention: Promise<unknown>): Promise<void> {
  await intervention.catch((error: Error) => {
    if (!/^DependencyViolation$|^InvalidCidr\.InUse$|\.NotFound$/.test(error.name)) throw error;
  });
}
