import {
  CreateTagsCommand,
  DeleteSubnetCommand,
  DeleteTagsCommand,
  DescribeRouteTablesCommand,
  type DescribeRouteTablesCommandOutput,
  DisassociateRouteTableCommand,
} from "@aws-sdk/client-ec2";
import { type Ec2Subnet } from "@cluster-ipam/subnet-autoscaler/runtime";
import { type Network } from "./network";
import { type Watch } from "./watch";

/** What a person does to a growth subnet that is the autoscaler's. */
export const DEEDS = {
  "deletes it": ({ id }, network) => network.send(new DeleteSubnetCommand({ SubnetId: id })),
  "takes it over": ({ id }, network) => untag(network, id, "cluster-ipam/autoscaler"),
  "gives it to another cluster": ({ id }, network) => tag(network, id, "cluster-ipam/autoscaler", "dev-shop"),
  "closes it": ({ id }, network) => tag(network, id, "kubernetes.io/role/cni", "0"),
  "takes its tag for pods": ({ id }, network) => untag(network, id, "kubernetes.io/role/cni"),
  "takes its tag of state": ({ id }, network) => untag(network, id, "cluster-ipam/autoscaler-state"),
  "writes nonsense into its state": ({ id }, network) =>
    tag(network, id, "cluster-ipam/autoscaler-state", "active@yesterday"),
  "dates its emptiness from long ago": ({ id }, network) =>
    tag(network, id, "cluster-ipam/empty-since", "2020-01-01T00:00:00Z"),
  "unwires it": unwire,
} satisfies Record<string, (subnet: Ec2Subnet, network: Network) => Promise<unknown>>;

export type Deed = keyof typeof DEEDS;

/** A person does something to a growth subnet. @param which of them, counted from the youngest; none is nothing */
export async function meddle(network: Network, watch: Watch, deed: Deed, which: number): Promise<void> {
  const grown = await network.grown();
  const subnet = grown.at(-1 - (which % Math.max(1, grown.length)));
  if (subnet === undefined) return;
  await watch.whileExcused(subnet.id, () => unlessRefused(DEEDS[deed](subnet, network)));
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

/** What EC2 says of a subnet that nodes use, or that somebody else has deleted meanwhile: the person leaves it. */
async function unlessRefused(deed: Promise<unknown>): Promise<void> {
  await deed.catch((error: Error) => {
    if (!/^DependencyViolation$|\.NotFound$/.test(error.name)) throw error;
  });
}
