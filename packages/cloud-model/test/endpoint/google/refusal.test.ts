import { GoogleClients } from "./google-clients";

let clients: GoogleClients;
beforeAll(async () => void (clients = await GoogleClients.start()));
afterAll(() => clients.stop());

const networks = "compute/v1/projects/p1/global/networks";

it("refuses fields that Google does not know, all at once", async () => {
  const { status, body } = await clients.send("POST", networks, { name: "n", colour: "red", mtu: "x" });
  expect(status).toBe(400);
  expect(body).toEqual({
    error: {
      code: 400,
      message:
        "Invalid JSON payload received. Unknown name \"colour\" at 'resource': Cannot find field.\n" +
        "Invalid value at 'resource.mtu' (TYPE_INT32), \"x\"",
      errors: [{ message: body["error"].message, domain: "global", reason: "badRequest" }],
      status: "INVALID_ARGUMENT",
      details: [
        {
          "@type": "type.googleapis.com/google.rpc.BadRequest",
          fieldViolations: [
            {
              field: "resource",
              description:
                "Invalid JSON payload received. Unknown name \"colour\" at 'resource': Cannot find field.",
            },
            { field: "resource.mtu", description: "Invalid value at 'resource.mtu' (TYPE_INT32), \"x\"" },
          ],
        },
      ],
    },
  });
});

it("refuses values that an enum does not have", async () => {
  const body = { name: "n", networkFirewallPolicyEnforcementOrder: "FIRST" };
  const [status, , , message] = await clients.refusal("POST", networks, body);
  expect([status, message]).toEqual([
    400,
    "Invalid value at 'resource.networkFirewallPolicyEnforcementOrder' (enum), \"FIRST\"",
  ]);
});

it("takes an empty list of a name that it does not know, which hashicorp/google sends", async () => {
  const { status } = await clients.send("POST", networks, { name: "empty", initialNatIps: [] });
  expect(status).toBe(200);
});

it("refuses names that are no names", async () => {
  expect(await clients.refusal("POST", networks, { name: "Prod_Net" })).toEqual([
    ...[400, "INVALID_ARGUMENT", "invalid"],
    "Invalid value for field 'resource.name': 'Prod_Net'. Must be a match of regex '(?:[a-z](?:[-a-z0-9]{0,61}[a-z0-9])?)'",
  ]);
});

it("refuses parameters that a method does not have", async () => {
  const [status, , , message] = await clients.refusal("GET", `${networks}?colour=red`);
  expect([status, message]).toEqual([
    400,
    "Invalid JSON payload received. Unknown name \"colour\": Cannot bind query parameter. Field 'colour' could not be found in request message.",
  ]);
});

it.each([
  ["GET", "compute/v1/projects/p1/global/rainbows"],
  ["PUT", `${networks}/n`],
  ["GET", "v2/projects/p1/locations/global/internalRanges"],
])("knows no %s %s", async (method, path) => {
  const [status, code] = await clients.refusal(method, path);
  expect([status, code]).toEqual([404, "NOT_FOUND"]);
});

it("refuses a request without a token", async () => {
  const response = await fetch(`${clients.endpoint.url}/${networks}`);
  expect(response.status).toBe(401);
  expect(await response.json()).toMatchObject({ error: { status: "UNAUTHENTICATED", code: 401 } });
});

it("refuses what exists already", async () => {
  await clients.send("POST", networks, { name: "twice", autoCreateSubnetworks: false });
  expect(await clients.refusal("POST", networks, { name: "twice" })).toEqual([
    ...[409, "ALREADY_EXISTS", "alreadyExists"],
    "The resource 'projects/p1/global/networks/twice' already exists",
  ]);
});

it("ignores what only Google sets", async () => {
  await clients.send("POST", networks, {
    name: "mine",
    autoCreateSubnetworks: false,
    id: "5",
    selfLink: "x",
  });
  const { body } = await clients.send("GET", `${networks}/mine`);
  expect(body["selfLink"]).toBe("https://www.googleapis.com/compute/v1/projects/p1/global/networks/mine");
  expect(body["id"]).not.toBe("5");
});
