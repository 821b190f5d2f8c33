import { GoogleClients, GoogleLibraries, LOADING, type Message, messageOf } from "./google-clients";

let libraries: GoogleLibraries;
let clients: GoogleClients;
beforeAll(async () => void (libraries = await GoogleLibraries.start()), LOADING);
afterAll(() => libraries.stop());
beforeEach(async () => {
  clients = await GoogleClients.start(libraries);
  await clients.send("POST", "compute/v1/projects/p1/global/networks", {
    ...{ name: "net", autoCreateSubnetworks: false },
  });
  await clients.send("POST", "compute/v1/projects/p1/regions/europe-west4/subnetworks", {
    ...{ name: "sub", network: "global/networks/net", ipCidrRange: "10.0.0.0/24" },
    secondaryIpRanges: [
      { rangeName: "pods", ipCidrRange: "10.4.0.0/21" },
      { rangeName: "more", ipCidrRange: "10.5.0.0/21" },
    ],
  });
});
afterEach(() => clients.stop());

const parent = "projects/p1/locations/europe-west4";
const name = `${parent}/clusters/c`;
const gke = () => clients.client("container", "ClusterManagerClient");

const createCluster = (more: object = {}): Promise<Message> =>
  gke().createCluster!({
    parent,
    cluster: {
      ...{ name: "c", network: "net", subnetwork: "sub", locations: ["europe-west4-a"] },
      ipAllocationPolicy: { useIpAliases: true, clusterSecondaryRangeName: "pods" },
      ...{ initialNodeCount: 1, resourceLabels: { team: "search" }, ...more },
    },
  });

it("makes a cluster by an operation that finishes", async () => {
  const started = await createCluster();
  expect(started).toMatchObject({ status: "RUNNING", operationType: "CREATE_CLUSTER" });
  const operation = await gke().getOperation!({ name: `${parent}/operations/${started["name"]}` });
  expect(operation).toMatchObject({
    status: "DONE",
    targetLink: "https://container.googleapis.com/v1/projects/p1/locations/europe-west4/clusters/c",
  });
  expect(await gke().getCluster!({ name })).toMatchObject({
    status: "RUNNING",
    resourceLabels: { team: "search" },
    ipAllocationPolicy: {
      ...{ clusterSecondaryRangeName: "pods", clusterIpv4CidrBlock: "10.4.0.0/21", useIpAliases: true },
      servicesIpv4CidrBlock: "34.118.224.0/20",
    },
    networkConfig: { subnetwork: "projects/p1/regions/europe-west4/subnetworks/sub" },
    nodePools: [{ name: "default-pool", initialNodeCount: 1, networkConfig: { podRange: "pods" } }],
  });
});

it("makes, resizes and removes node pools, whose nodes are in instance groups", async () => {
  await createCluster();
  await gke().createNodePool!({
    parent: name,
    nodePool: { name: "general", initialNodeCount: 2, maxPodsConstraint: { maxPodsPerNode: 32 } },
  });
  const pool = `${name}/nodePools/general`;
  await gke().setNodePoolSize!({ name: pool, nodeCount: 3 });
  const found = await gke().getNodePool!({ name: pool });
  expect(found).toMatchObject({ maxPodsConstraint: { maxPodsPerNode: "32" }, podIpv4CidrSize: 26 });
  const [group] = found["instanceGroupUrls"] as readonly string[];
  const managers = await clients.client("compute", "InstanceGroupManagersClient").listAsync!({
    ...{ project: "p1", zone: "europe-west4-a" },
  });
  expect((managers as unknown as Message[]).find(({ selfLink }) => selfLink === group)).toMatchObject({
    targetSize: 3,
  });
  await gke().deleteNodePool!({ name: pool });
  const { nodePools } = await gke().listNodePools!({ parent: name });
  expect(nodePools.map((one: Message) => one["name"])).toEqual(["default-pool"]);
});

it("changes a cluster in place", async () => {
  await createCluster({ initialClusterVersion: "1.33" });
  await gke().updateCluster!({ name, update: { desiredMasterVersion: "1.34" } });
  await gke().updateCluster!({
    ...{ name, update: { desiredReleaseChannel: { channel: "STABLE" } } },
  });
  await gke().updateCluster!({
    ...{ name, update: { additionalPodRangesConfig: { podRangeNames: ["more"] } } },
  });
  const cluster = await gke().getCluster!({ name });
  expect(cluster).toMatchObject({
    currentMasterVersion: "1.34.1-gke.1000000",
    releaseChannel: { channel: "STABLE" },
    ipAllocationPolicy: { additionalPodRangesConfig: { podRangeNames: ["more"] } },
  });
  await gke().setLabels!({
    name,
    resourceLabels: { team: "ads" },
    labelFingerprint: cluster["labelFingerprint"],
  });
  expect(
    await messageOf(gke().setLabels!({ name, labelFingerprint: cluster["labelFingerprint"] })),
  ).toContain("conditionNotMet");
});

it("changes a pool's autoscaling by an update of its cluster, as hashicorp/google does", async () => {
  await createCluster();
  const desiredNodePoolAutoscaling = { enabled: true, totalMinNodeCount: 2, totalMaxNodeCount: 5 };
  await gke().updateCluster!({
    ...{ name, update: { desiredNodePoolId: "default-pool", desiredNodePoolAutoscaling } },
  });
  const cluster = await gke().getCluster!({ name });
  expect(cluster["nodePools"]).toMatchObject([{ autoscaling: desiredNodePoolAutoscaling }]);
  expect(cluster["currentNodeCount"]).toBe(2);
});

it("keeps what is used, and removes a cluster with its pools", async () => {
  await createCluster();
  const subnetwork = "compute/v1/projects/p1/regions/europe-west4/subnetworks/sub";
  const [status, , reason] = await clients.refusal("DELETE", subnetwork);
  expect([status, reason]).toEqual([400, "resourceInUseByAnotherResource"]);
  await gke().deleteCluster!({ name });
  expect(await messageOf(gke().getCluster!({ name }))).toContain(`Not found: ${name}.`);
  expect((await clients.send("DELETE", subnetwork)).status).toBe(200);
});

it("refuses a pod range that does not exist, and fields that GKE does not know", async () => {
  const policy = { useIpAliases: true, clusterSecondaryRangeName: "none" };
  expect(await messageOf(createCluster({ ipAllocationPolicy: policy }))).toContain(
    'Pod secondary range \\"none\\" not found',
  );
  expect(await clients.refusal("POST", `v1/${parent}/clusters`, { cluster: { name: "c", size: 1 } })).toEqual(
    [
      ...[400, "INVALID_ARGUMENT", "badRequest"],
      "Invalid JSON payload received. Unknown name \"size\" at 'cluster': Cannot find field.",
    ],
  );
});

it("knows the versions of a location", async () => {
  const { validMasterVersions, channels } = await gke().getServerConfig!({ name: parent });
  expect(validMasterVersions).toContain("1.34.1-gke.1000000");
  expect(channels.map(({ channel }: Message) => channel).sort()).toEqual(["RAPID", "REGULAR", "STABLE"]);
});
