import { mentions, type StackState } from "../../src/states";
import { stateWith } from "./example-states";

const found = (state: StackState, block: string, owners: readonly StackState[] = []) =>
  mentions(state, block, owners).map(({ address, attribute, value }) => `${address} ${attribute} ${value}`);

describe("EKS", () => {
  const network = stateWith({
    "aws_subnet.nodes-a": {
      id: "subnet-1",
      arn: "arn:aws:ec2:eu-west-1:2:subnet/subnet-1",
      cidr_block: "10.224.0.128/26",
    },
    "aws_subnet.nodes-2-a": { id: "subnet-12", cidr_block: "10.224.4.0/26" },
  });
  const cluster = stateWith({
    "aws_eks_node_group.general": { subnet_ids: ["subnet-0", "subnet-12"] },
    "data.aws_subnets.nodes": { ids: ["subnet-1", "subnet-12"] },
  });

  test("a node group uses its subnets, and a data source uses none", () => {
    expect(found(cluster, "10.224.4.0/24", [network])).toEqual([
      "aws_eks_node_group.general subnet_ids.1 subnet-12",
    ]);
    expect(found(cluster, "10.224.0.128/26", [network])).toEqual([]);
  });

  test("text that has a CIDR in the block uses it", () => {
    const config = JSON.stringify({ growth: ["100.80.4.0/24"] });
    const autoscaler = stateWith({ "aws_lambda_function.autoscaler": { environment: [{ CONFIG: config }] } });
    expect(found(autoscaler, "100.80.4.0/22")).toEqual([
      "aws_lambda_function.autoscaler environment.0.CONFIG 100.80.4.0/24",
    ]);
    expect(found(autoscaler, "100.80.4.0/25")).toEqual([]);
  });
});

describe("GKE", () => {
  const subnetwork = (name: string) => `projects/example-dev/regions/europe-west4/subnetworks/${name}`;
  const network = stateWith({
    "google_compute_subnetwork.first": {
      id: subnetwork("dev-search"),
      self_link: `https://www.googleapis.com/compute/v1/${subnetwork("dev-search")}`,
      ip_cidr_range: "10.144.8.0/27",
      secondary_ip_range: [
        { range_name: "pods", ip_cidr_range: "10.144.4.0/22" },
        { range_name: "pods-2", ip_cidr_range: "10.144.16.0/22" },
      ],
    },
    "google_compute_subnetwork.second": {
      id: subnetwork("dev-search-nodes-2"),
      ip_cidr_range: "10.144.9.0/27",
      secondary_ip_range: [],
    },
  });
  const pool = (name: string, subnet: string, range: string) => ({
    name,
    network_config: [{ subnetwork: subnetwork(subnet), pod_range: range }],
  });

  test("a pool uses its pod range", () => {
    const cluster = stateWith({
      "google_container_node_pool.a": pool("pods-2", "dev-search", "pods"),
      "google_container_node_pool.b": pool("b", "dev-search", "pods-2"),
    });
    expect(found(cluster, "10.144.16.0/22", [network])).toEqual([
      "google_container_node_pool.b network_config.0.pod_range pods-2",
    ]);
  });

  test("a pool uses its subnetwork, in either form of the link", () => {
    const link = `https://www.googleapis.com/compute/v1/${subnetwork("dev-search-nodes-2")}`;
    const cluster = stateWith({
      "google_container_node_pool.a": pool("a", "dev-search", "pods"),
      "google_container_cluster.c": { additional_ip_ranges_config: [{ subnetwork: link }] },
    });
    expect(found(cluster, "10.144.9.0/27", [network])).toEqual([
      `google_container_cluster.c additional_ip_ranges_config.0.subnetwork ${subnetwork("dev-search-nodes-2")}`,
    ]);
    expect(found(cluster, "10.144.8.0/27", [network])).toEqual([
      `google_container_node_pool.a network_config.0.subnetwork ${subnetwork("dev-search")}`,
    ]);
  });

  test("an address in the block, and no range that is wider", () => {
    const cluster = stateWith({
      "google_container_cluster.c": {
        endpoint: "10.144.8.34",
        min_master_version: "1.34.1-gke.1829001",
        master_authorized_networks_config: [{ cidr_blocks: [{ cidr_block: "10.0.0.0/8" }] }],
      },
    });
    expect(found(cluster, "10.144.8.32/28")).toEqual(["google_container_cluster.c endpoint 10.144.8.34"]);
    expect(found(cluster, "10.144.8.48/28")).toEqual([]);
  });
});
