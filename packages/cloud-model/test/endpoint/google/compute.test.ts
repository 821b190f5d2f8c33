import {
  type Client,
  GoogleClients,
  GoogleLibraries,
  LOADING,
  type Message,
  messageOf,
} from "./google-clients";

let libraries: GoogleLibraries;
let clients: GoogleClients;
beforeAll(async () => void (libraries = await GoogleLibraries.start()), LOADING);
afterAll(() => libraries.stop());
beforeEach(async () => void (clients = await GoogleClients.start(libraries)));
afterEach(() => clients.stop());

const project = "p1";
const region = "europe-west4";
const compute = (name: string) => clients.client("compute", `${name}Client`);
const path = "compute/v1/projects/p1";

/** Makes a network and a subnetwork with pods in it. */
async function makeSubnetwork(): Promise<Client> {
  await compute("Networks").insert!({
    project,
    networkResource: { name: "net", autoCreateSubnetworks: false },
  });
  const subnetworks = compute("Subnetworks");
  await subnetworks.insert!({
    ...{ project, region },
    subnetworkResource: {
      name: "sub",
      network: "global/networks/net",
      ipCidrRange: "10.0.0.0/25",
      secondaryIpRanges: [{ rangeName: "pods", ipCidrRange: "10.4.0.0/20" }],
    },
  });
  return subnetworks;
}

const subnetwork = async (): Promise<Message> =>
  compute("Subnetworks").get!({ project, region, subnetwork: "sub" });

const patch = async (secondaryIpRanges: readonly object[], fingerprint?: string): Promise<unknown> =>
  compute("Subnetworks").patch!({
    ...{ project, region, subnetwork: "sub" },
    subnetworkResource: {
      secondaryIpRanges,
      fingerprint: fingerprint ?? (await subnetwork())["fingerprint"],
    },
  });

describe("@google-cloud/compute", () => {
  it("makes a network by an operation that finishes", async () => {
    const networks = compute("Networks");
    const { latestResponse: started, name } = await networks.insert!({
      ...{ project, networkResource: { name: "net", autoCreateSubnetworks: false } },
    });
    expect([started.status, started.progress]).toEqual(["PENDING", 0]);
    const done = await compute("GlobalOperations").wait!({ project, operation: name });
    expect(done).toMatchObject({ status: "DONE", progress: 100, operationType: "insert" });
    const network = await networks.get!({ project, network: "net" });
    expect(network).toMatchObject({
      selfLink: "https://www.googleapis.com/compute/v1/projects/p1/global/networks/net",
      autoCreateSubnetworks: false,
      routingConfig: { routingMode: "REGIONAL" },
    });
    expect(done["targetLink"]).toBe(network["selfLink"]);
  });

  it("reads back a subnetwork with its ranges, expands it, and lists it among the regions", async () => {
    const subnetworks = await makeSubnetwork();
    await subnetworks.expandIpCidrRange!({
      ...{ project, region, subnetwork: "sub" },
      subnetworksExpandIpCidrRangeRequestResource: { ipCidrRange: "10.0.0.0/24" },
    });
    expect(await subnetwork()).toMatchObject({
      ipCidrRange: "10.0.0.0/24",
      gatewayAddress: "10.0.0.1",
      network: "https://www.googleapis.com/compute/v1/projects/p1/global/networks/net",
      region: "https://www.googleapis.com/compute/v1/projects/p1/regions/europe-west4",
      secondaryIpRanges: [{ rangeName: "pods", ipCidrRange: "10.4.0.0/20" }],
    });
    const scopes = (await subnetworks.aggregatedListAsync!({ project })) as unknown as [string, Message][];
    const found = scopes.flatMap(([name, { subnetworks: own }]) =>
      (own ?? []).map((one: Message) => `${name} ${one["name"]}`),
    );
    expect(found).toEqual(["regions/europe-west4 sub"]);
  });

  it("refuses overlaps, and to shrink", async () => {
    const subnetworks = await makeSubnetwork();
    const overlapping = subnetworks.insert!({
      ...{ project, region },
      subnetworkResource: { name: "other", network: "global/networks/net", ipCidrRange: "10.0.0.64/26" },
    });
    expect(await messageOf(overlapping)).toContain("conflicts with existing subnetwork 'sub'");
    const shrinking = subnetworks.expandIpCidrRange!({
      ...{ project, region, subnetwork: "sub" },
      subnetworksExpandIpCidrRangeRequestResource: { ipCidrRange: "10.0.0.0/26" },
    });
    expect(await messageOf(shrinking)).toContain("must contain the existing range 10.0.0.0/25");
  });

  it("adds secondary ranges or removes them, and refuses to do both, to change one and to rename one", async () => {
    await makeSubnetwork();
    const [pods, more] = [
      { rangeName: "pods", ipCidrRange: "10.4.0.0/20" },
      { rangeName: "more", ipCidrRange: "10.5.0.0/20" },
    ];
    await patch([pods, more]);
    for (const ranges of [
      [pods, { rangeName: "third", ipCidrRange: "10.6.0.0/20" }],
      [pods, { rangeName: "more", ipCidrRange: "10.5.0.0/19" }],
      [pods, { rangeName: "renamed", ipCidrRange: "10.5.0.0/20" }],
    ])
      expect(await messageOf(patch(ranges))).toContain(
        "Cannot add and remove secondary IP ranges in the same request",
      );
    await patch([pods]);
    expect((await subnetwork())["secondaryIpRanges"]).toMatchObject([pods]);
    expect((await subnetwork())["secondaryIpRanges"]).toHaveLength(1);
  });

  it("refuses a change of something that has changed meanwhile", async () => {
    await makeSubnetwork();
    const old = (await subnetwork())["fingerprint"] as string;
    const pods = { rangeName: "pods", ipCidrRange: "10.4.0.0/20" };
    await patch([pods, { rangeName: "more", ipCidrRange: "10.5.0.0/20" }], old);
    expect(await messageOf(patch([pods], old))).toContain("conditionNotMet");
    expect((await subnetwork())["fingerprint"]).not.toBe(old);
  });

  it("has NAT gateways in routers, firewall rules and addresses", async () => {
    const subnetworks = await makeSubnetwork();
    await compute("Routers").insert!({
      ...{ project, region },
      routerResource: {
        name: "r",
        network: "global/networks/net",
        nats: [{ name: "nat", natIpAllocateOption: "AUTO_ONLY", minPortsPerVm: 64 }],
      },
    });
    const router = await compute("Routers").get!({ project, region, router: "r" });
    expect(router["nats"]).toMatchObject([
      { name: "nat", minPortsPerVm: 64, endpointTypes: ["ENDPOINT_TYPE_VM"] },
    ]);
    await compute("Firewalls").insert!({
      ...{
        project,
        firewallResource: { name: "f", network: "global/networks/net", allowed: [{ IPProtocol: "tcp" }] },
      },
    });
    const firewall = await compute("Firewalls").get!({ project, firewall: "f" });
    expect(firewall).toMatchObject({ priority: 1000, direction: "INGRESS", sourceRanges: ["0.0.0.0/0"] });
    await compute("Addresses").insert!({
      ...{ project, region },
      addressResource: {
        name: "a",
        addressType: "INTERNAL",
        subnetwork: "regions/europe-west4/subnetworks/sub",
      },
    });
    const address = await compute("Addresses").get!({ project, region, address: "a" });
    expect(address).toMatchObject({ address: "10.0.0.2", status: "RESERVED", purpose: "GCE_ENDPOINT" });
    expect(await messageOf(subnetworks.delete!({ project, region, subnetwork: "sub" }))).toContain(
      "is already being used by 'projects/p1/regions/europe-west4/addresses/a'",
    );
  });

  it("says how full a subnetwork is", async () => {
    const subnetworks = await makeSubnetwork();
    await compute("Addresses").insert!({
      ...{ project, region },
      addressResource: {
        name: "a",
        addressType: "INTERNAL",
        subnetwork: "regions/europe-west4/subnetworks/sub",
      },
    });
    const { utilizationDetails } = await subnetworks.get!({
      ...{ project, region, subnetwork: "sub", views: "WITH_UTILIZATION" },
    });
    expect(utilizationDetails.ipv4Utilizations).toMatchObject([
      { totalAllocatedIp: "1", totalFreeIp: "123" },
      { rangeName: "pods", totalAllocatedIp: "0", totalFreeIp: "4096" },
    ]);
  });

  it("keeps a network that is used", async () => {
    await makeSubnetwork();
    expect(await messageOf(compute("Networks").delete!({ project, network: "net" }))).toContain(
      "is already being used by 'projects/p1/regions/europe-west4/subnetworks/sub'",
    );
    await compute("Subnetworks").delete!({ project, region, subnetwork: "sub" });
    await compute("Networks").delete!({ project, network: "net" });
    expect(await messageOf(compute("Networks").get!({ project, network: "net" }))).toContain("was not found");
  });
});

describe("lists of Compute Engine", () => {
  beforeEach(async () => {
    for (const name of ["c", "a", "b"])
      await clients.send("POST", `${path}/global/networks`, { name, autoCreateSubnetworks: false });
  });
  const names = async (query: string): Promise<{ names: readonly string[]; next: string | undefined }> => {
    const { body } = await clients.send("GET", `${path}/global/networks?${query}`);
    return { names: (body["items"] ?? []).map(({ name }: Message) => name), next: body["nextPageToken"] };
  };

  it("come in pages", async () => {
    const first = await names("maxResults=2");
    expect(first.names).toEqual(["a", "b"]);
    expect(await names(`maxResults=2&pageToken=${first.next}`)).toEqual({ names: ["c"], next: undefined });
    expect(await clients.refusal("GET", `${path}/global/networks?pageToken=x`)).toEqual([
      ...[400, "INVALID_ARGUMENT", "invalid"],
      "Invalid value for field 'pageToken': 'x'. The page token is invalid.",
    ]);
  });

  it("can be filtered", async () => {
    expect((await names("filter=name%3Da")).names).toEqual(["a"]);
    expect(
      (await names(`filter=${encodeURIComponent('(name != "a") AND (autoCreateSubnetworks = false)')}`))
        .names,
    ).toEqual(["b", "c"]);
    expect((await names(`filter=${encodeURIComponent("name eq [ab]")}`)).names).toEqual(["a", "b"]);
    expect(await clients.refusal("GET", `${path}/global/networks?filter=a%20OR%20b`)).toEqual([
      ...[400, "INVALID_ARGUMENT", "invalid"],
      "Invalid value for field 'filter': 'a OR b'. Invalid list filter expression.",
    ]);
  });
});
