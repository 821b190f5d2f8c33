import { GoogleClients } from "./google-clients";

let clients: GoogleClients;
beforeEach(async () => void (clients = await GoogleClients.start()));
afterEach(() => clients.stop());

describe("internal ranges", () => {
  const ranges = "v1/projects/p1/locations/global/internalRanges";
  const body = { network: "projects/p1/global/networks/net", usage: "FOR_VPC", peering: "FOR_SELF" };
  const subnetworks = "compute/v1/projects/p1/regions/europe-west4/subnetworks";

  beforeEach(() =>
    clients.send("POST", "compute/v1/projects/p1/global/networks", {
      name: "net",
      autoCreateSubnetworks: false,
    }),
  );

  it("are made by an operation that finishes with the range", async () => {
    const { body: started } = await clients.send("POST", `${ranges}?internalRangeId=r`, {
      ...{ ...body, prefixLength: 24, targetCidrRange: ["10.9.0.0/16"], labels: { a: "b" } },
      allocationOptions: { allocationStrategy: "FIRST_AVAILABLE" },
    });
    expect(started).toMatchObject({ done: false, metadata: { verb: "create" } });
    const { body: done } = await clients.send("GET", `v1/${started["name"]}`);
    expect(done).toMatchObject({
      done: true,
      response: {
        "@type": "type.googleapis.com/google.cloud.networkconnectivity.v1.InternalRange",
        name: "projects/p1/locations/global/internalRanges/r",
        ...{ ipCidrRange: "10.9.0.0/24", labels: { a: "b" } },
      },
    });
  });

  it("are not deleted while a subnetwork uses them", async () => {
    await clients.send("POST", `${ranges}?internalRangeId=r`, { ...body, ipCidrRange: "10.9.0.0/24" });
    await clients.send("POST", subnetworks, {
      ...{ name: "sub", network: "global/networks/net" },
      reservedInternalRange:
        "networkconnectivity.googleapis.com/projects/p1/locations/global/internalRanges/r",
    });
    expect((await clients.send("GET", `${ranges}/r`)).body["users"]).toEqual([
      "https://www.googleapis.com/compute/v1/projects/p1/regions/europe-west4/subnetworks/sub",
    ]);
    const [status, code, reason] = await clients.refusal("DELETE", `${ranges}/r`);
    expect([status, code, reason]).toEqual([400, "FAILED_PRECONDITION", "resourceInUseByAnotherResource"]);
    await clients.send("DELETE", `${subnetworks}/sub`);
    expect((await clients.send("DELETE", `${ranges}/r`)).status).toBe(200);
    expect((await clients.send("GET", `${ranges}/r`)).status).toBe(404);
  });

  it("change by a mask", async () => {
    await clients.send("POST", `${ranges}?internalRangeId=r`, { ...body, ipCidrRange: "10.9.0.0/24" });
    await clients.send("PATCH", `${ranges}/r?updateMask=description,ip_cidr_range`, {
      ...{ description: "wider", ipCidrRange: "10.9.0.0/23", peering: "NOT_SHARED" },
    });
    expect((await clients.send("GET", `${ranges}/r`)).body).toMatchObject({
      ...{ description: "wider", ipCidrRange: "10.9.0.0/23", peering: "FOR_SELF" },
    });
  });

  it("are listed in pages", async () => {
    for (const [i, name] of ["a", "b", "c"].entries())
      await clients.send("POST", `${ranges}?internalRangeId=${name}`, {
        ...body,
        ipCidrRange: `10.9.${i}.0/24`,
      });
    const { body: first } = await clients.send("GET", `${ranges}?pageSize=2`);
    const { body: last } = await clients.send(
      "GET",
      `${ranges}?pageSize=2&pageToken=${first["nextPageToken"]}`,
    );
    expect([first["internalRanges"].length, last["internalRanges"].length]).toEqual([2, 1]);
  });
});

describe("IAM", () => {
  const accounts = "v1/projects/p1/serviceAccounts";

  it("makes, reads, changes and deletes service accounts", async () => {
    const { body: made } = await clients.send("POST", accounts, {
      ...{ accountId: "nodes-of-gke", serviceAccount: { displayName: "Nodes" } },
    });
    expect(made).toMatchObject({
      name: `projects/p1/serviceAccounts/nodes-of-gke@p1.iam.gserviceaccount.com`,
      ...{ email: "nodes-of-gke@p1.iam.gserviceaccount.com", displayName: "Nodes", projectId: "p1" },
    });
    expect(made["uniqueId"]).toMatch(/^\d{21}$/);
    const one = `v1/projects/-/serviceAccounts/${made["email"]}`;
    expect((await clients.send("GET", one)).body).toEqual(made);
    await clients.send("PATCH", one, {
      serviceAccount: { displayName: "Workers" },
      updateMask: "displayName",
    });
    expect((await clients.send("GET", one)).body["displayName"]).toBe("Workers");
    expect(await clients.refusal("POST", accounts, { accountId: "A" })).toEqual([
      ...[400, "INVALID_ARGUMENT", "badRequest"],
      expect.stringContaining("6 to 30 characters"),
    ]);
    await clients.send("DELETE", one);
    expect((await clients.send("GET", one)).status).toBe(404);
  });

  it("sets a project's policy unless another one did meanwhile", async () => {
    const { body: empty } = await clients.send("POST", "v1/projects/p1:getIamPolicy", {});
    const bindings = [{ role: "roles/viewer", members: ["user:a@example.com"] }];
    const set = { policy: { bindings, etag: empty["etag"] } };
    expect((await clients.send("POST", "v1/projects/p1:setIamPolicy", set)).body).toMatchObject({ bindings });
    const [status, code] = await clients.refusal("POST", "v1/projects/p1:setIamPolicy", set);
    expect([status, code]).toEqual([409, "ABORTED"]);
  });

  it("enables APIs", async () => {
    const service = "v1/projects/p1/services/container.googleapis.com";
    expect((await clients.send("GET", service)).body["state"]).toBe("DISABLED");
    expect((await clients.send("POST", `${service}:enable`, {})).body).toMatchObject({ done: true });
    expect((await clients.send("GET", service)).body["state"]).toBe("ENABLED");
  });
});
