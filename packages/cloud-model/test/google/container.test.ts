import { clusterAt } from "../../src/google/documents/cluster";
import { podRangeOf, servicesRangeOf } from "../../src/google/documents/cluster-ranges";
import { poolsOf } from "../../src/google/documents/node-pool";
import { deleteSubnetwork, patchSubnetwork } from "../../src/google/operations/compute/subnetworks";
import { createCluster, deleteCluster, updateCluster } from "../../src/google/operations/container/clusters";
import {
  createNodePool,
  deleteNodePool,
  setNodePoolAutoscaling,
  setNodePoolSize,
  updateNodePool,
} from "../../src/google/operations/container/node-pools";
import { existingSubnetwork } from "../../src/google/rules/existing";
import { type ClusterRequest, type NodePoolRequest } from "../../src/google/requests/container";
import { Project } from "./project";

const CLUSTER = "projects/acme/locations/europe-west4/clusters/c";

describe("container", () => {
  let project: Project;
  beforeEach(() => {
    project = new Project();
    project.subnetwork("nodes", "10.0.0.0/24", {
      secondaryIpRanges: [
        { rangeName: "pods", ipCidrRange: "10.1.0.0/20" },
        { rangeName: "more", ipCidrRange: "10.2.0.0/20" },
        { rangeName: "services", ipCidrRange: "10.3.0.0/20" },
      ],
    });
  });

  const create = (more: Partial<ClusterRequest> = {}) =>
    project.act((context) =>
      createCluster(context, "europe-west4", {
        name: "c",
        network: "net",
        subnetwork: "nodes",
        locations: ["europe-west4-a"],
        ipAllocationPolicy: { clusterSecondaryRangeName: "pods" },
        ...more,
      }),
    );
  const pool = (more: Partial<NodePoolRequest> = {}) =>
    project.act((context) => createNodePool(context, CLUSTER, { name: "a", initialNodeCount: 2, ...more }));

  it("gives a cluster the ranges it names and a default pool", () => {
    const cluster = create({
      initialNodeCount: 3,
      ipAllocationPolicy: { clusterSecondaryRangeName: "pods", servicesSecondaryRangeName: "services" },
    });
    const [ranges, pools] = project.act(({ transaction }) => [
      [podRangeOf(transaction, cluster)?.cidr, servicesRangeOf(transaction, cluster)],
      poolsOf(transaction, cluster.id).map(({ name, nodes }) => [name, nodes.length]),
    ]);
    expect(ranges).toEqual(["10.1.0.0/20", { name: "services", cidr: "10.3.0.0/20" }]);
    expect(pools).toEqual([["default-pool", 3]]);
    expect(create).toThrow(`Already exists: ${CLUSTER}.`);
  });

  it("gives the nodes of all first pools different addresses", () => {
    create({ nodePools: ["a", "b"].map((name) => ({ name, initialNodeCount: 2 })) });
    const nodes = project.act(({ transaction }) =>
      poolsOf(transaction, CLUSTER).flatMap(({ nodes }) => nodes),
    );
    expect(new Set(nodes.map(({ address }) => address)).size).toBe(4);
  });

  it("is reached at its IP address, its private address and its DNS name", () => {
    const { endpoint, privateEndpoint, dnsEndpoint, uid } = create({
      privateClusterConfig: { masterIpv4CidrBlock: "10.9.0.0/28" },
    });
    expect(privateEndpoint).toBe("10.9.0.2");
    for (const host of [endpoint, privateEndpoint!, dnsEndpoint])
      expect(project.act(({ transaction }) => clusterAt(transaction, host)?.id)).toBe(CLUSTER);
    project.act((context) => deleteCluster(context, CLUSTER));
    expect(project.act(({ transaction }) => clusterAt(transaction, dnsEndpoint))).toBeUndefined();
    expect(create().uid).not.toBe(uid);
  });

  it("updates only what an update names", () => {
    const before = create();
    const update = (change: Parameters<typeof updateCluster>[2]) =>
      project.act((context) => updateCluster(context, CLUSTER, change));
    expect(update({})).toEqual(before);
    expect(update({ additionalPodRangesConfig: { podRangeNames: ["more"] } }).subnets).toMatchObject([
      { podRanges: ["pods", "more"] },
    ]);
    expect(update({ desiredMasterVersion: "1.35" })).toMatchObject({
      version: "1.35.1-gke.1000000",
      subnets: [{ podRanges: ["pods", "more"] }],
    });
    expect(update({ removedAdditionalPodRangesConfig: { podRangeNames: ["more"] } }).subnets).toMatchObject([
      { podRanges: ["pods"] },
    ]);
  });

  it("keeps a subnetwork, a pod range and a Services range that are in use", () => {
    const other = project.subnetwork("nodes-2", "10.0.2.0/24", {
      secondaryIpRanges: [{ rangeName: "pods-2", ipCidrRange: "10.4.0.0/20" }],
    });
    const additional = [{ subnetwork: "nodes-2", podIpv4RangeNames: ["pods-2"] }];
    create({
      ipAllocationPolicy: {
        clusterSecondaryRangeName: "pods",
        servicesSecondaryRangeName: "services",
        additionalPodRangesConfig: { podRangeNames: ["more"] },
        additionalIpRangesConfigs: additional,
      },
    });
    const more = pool({ name: "more", networkConfig: { podRange: "more" } });
    const second = pool({ name: "second", networkConfig: { subnetwork: "nodes-2" } });
    const detachRange = () =>
      project.act((context) =>
        updateCluster(context, CLUSTER, { removedAdditionalPodRangesConfig: { podRangeNames: ["more"] } }),
      );
    const detachSubnet = () =>
      project.act((context) =>
        updateCluster(context, CLUSTER, {
          desiredAdditionalIpRangesConfig: { additionalIpRangesConfigs: [] },
        }),
      );
    const own = "projects/acme/regions/europe-west4/subnetworks/nodes";
    const keep = (...names: readonly string[]) =>
      project.act((context) => {
        const { secondary } = existingSubnetwork(context.transaction, own);
        const left = secondary.filter(({ name }) => names.includes(name));
        return patchSubnetwork(context, own, {
          secondaryIpRanges: left.map(({ name, cidr }) => ({ rangeName: name, ipCidrRange: cidr })),
        });
      });
    const remove = (id: string) => project.act((context) => deleteNodePool(context, id));
    const removeSubnet = () => project.act((context) => deleteSubnetwork(context, other.id));

    expect(detachRange).toThrow('in use by node pool "more"');
    expect(detachSubnet).toThrow('in use by node pool "second"');
    expect(() => keep("pods", "services")).toThrow("is already being used by");
    remove(more.id);
    expect(() => keep("pods", "services")).toThrow("is already being used by");
    detachRange();
    expect(() => keep("pods")).toThrow("secondary range 'services' is already being used by");
    keep("pods", "services");
    expect(removeSubnet).toThrow("nodePools/second");
    remove(second.id);
    expect(removeSubnet).toThrow("clusters/c");
    detachSubnet();
    removeSubnet();
  });

  it("moves its node pools to other zones with it", () => {
    const zones = ["europe-west4-a", "europe-west4-b"];
    create({ locations: zones });
    const { id } = pool();
    project.act((context) => updateCluster(context, CLUSTER, { desiredLocations: ["europe-west4-a"] }));
    expect(
      project.act(({ transaction }) => poolsOf(transaction, CLUSTER).find((one) => one.id === id)?.zones),
    ).toEqual(["europe-west4-a"]);
  });

  it("resizes a pool, and holds it within the bounds of its autoscaler", () => {
    create();
    const { id } = pool();
    const size = (nodeCount: number) =>
      project.act((context) => setNodePoolSize(context, id, { nodeCount })).nodes.length;
    const bounds = (minNodeCount: number, maxNodeCount: number) =>
      project.act((context) =>
        setNodePoolAutoscaling(context, id, { autoscaling: { minNodeCount, maxNodeCount } }),
      ).nodes.length;
    expect([size(5), bounds(1, 9), bounds(1, 3), bounds(4, 9)]).toEqual([5, 5, 3, 4]);
    expect(() => size(17)).toThrow("Expected 17, running 16");
  });

  it("changes the version and the zones of a pool", () => {
    create();
    const { id } = pool();
    const update = (change: Parameters<typeof updateNodePool>[2]) =>
      project.act((context) => updateNodePool(context, id, change));
    const zones = ["europe-west4-a", "europe-west4-b"];
    expect(update({ locations: zones })).toMatchObject({ zones, version: "1.34.1-gke.1000000" });
    expect(update({ nodeVersion: "1.33" })).toMatchObject({ zones, version: "1.33.5-gke.1000000" });
    expect(() => update({ nodeVersion: "1.35" })).toThrow("not later than, master version");
  });

  it("refuses a pool's name twice, bounds of pods that GKE does not have, and a pool that is gone", () => {
    create();
    const { id } = pool();
    expect(pool).toThrow(`Already exists: ${id}.`);
    expect(() => pool({ name: "b", maxPodsConstraint: { maxPodsPerNode: 300 } })).toThrow(
      "Invalid value for max_pods_per_node: 300. It must be between 8 and 256.",
    );
    const remove = () => project.act((context) => deleteNodePool(context, id));
    remove();
    expect(remove).toThrow(`Not found: ${id}.`);
  });
});
