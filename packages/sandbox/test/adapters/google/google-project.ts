import { type ObjectValue, type Value } from "@cluster-ipam/terraform-provider";
import { Store } from "@cluster-ipam/cloud-model";
import { type CallerProps, TerraformCaller } from "../terraform-caller";

/** A Google project in which Terraform creates networks and clusters, in this process. */
export class GoogleProject extends TerraformCaller {
  readonly store: Store;

  constructor({ store = new Store(), ...props }: CallerProps = {}) {
    super("google", { store, config: { project: "acme", region: "europe-west4" }, ...props });
    this.store = store;
  }

  network(name = "net"): Promise<ObjectValue> {
    return this.create("google_compute_network", { name, auto_create_subnetworks: false });
  }

  subnetwork(name: string, cidr: string, more: ObjectValue = {}): Promise<ObjectValue> {
    return this.create("google_compute_subnetwork", { name, network: "net", ip_cidr_range: cidr, ...more });
  }

  range(name: string, more: ObjectValue): Promise<ObjectValue> {
    return this.create("google_network_connectivity_internal_range", {
      name,
      network: "net",
      usage: "FOR_VPC",
      peering: "FOR_SELF",
      ...more,
    });
  }

  /** Reserves private space outside of this network. */
  fence(cidr: string): Promise<ObjectValue> {
    const name = `fence-${cidr.replace(/[./]/g, "-")}`;
    return this.range(name, { usage: "EXTERNAL_TO_VPC", ip_cidr_range: cidr });
  }

  cluster(policy: ObjectValue, more: ObjectValue = {}): Promise<ObjectValue> {
    return this.create("google_container_cluster", clusterArguments(policy, more));
  }

  pool(name: string, nodes: number, more: ObjectValue = {}): Promise<ObjectValue> {
    return this.create("google_container_node_pool", {
      name,
      cluster: "c",
      location: "europe-west4",
      node_count: nodes,
      ...more,
    });
  }

  /** Refreshes a resource, as Terraform does. */
  async again(type: string, state: ObjectValue): Promise<ObjectValue> {
    return (await this.read(type, state)) as ObjectValue;
  }
}

/** A cluster of one zone in the subnetwork `nodes` of `net`. */
export const clusterArguments = (policy: ObjectValue, more: ObjectValue = {}): ObjectValue => ({
  name: "c",
  location: "europe-west4",
  node_locations: ["europe-west4-a"],
  network: "net",
  subnetwork: "nodes",
  deletion_protection: false,
  remove_default_node_pool: true,
  initial_node_count: 1,
  ip_allocation_policy: [policy],
  ...more,
});

export const secondary = (name: string, cidr: string, more: ObjectValue = {}): ObjectValue => ({
  range_name: name,
  ip_cidr_range: cidr,
  ...more,
});

/** The value at a path: `at(state, "ip_allocation_policy", 0, "stack_type")`. */
export const at = (value: Value, ...path: readonly (string | number)[]): Value =>
  path.reduce<Value>((inner, step) => (inner as Record<string | number, Value>)[step] ?? null, value);
