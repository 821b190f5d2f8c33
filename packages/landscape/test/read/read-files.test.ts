import { mkdtempSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type Landscape, LandscapeBuilder, readFiles } from "../../src";

let folder: string;
beforeEach(() => (folder = mkdtempSync(join(realpathSync(tmpdir()), "landscape-"))));
afterEach(() => rmSync(folder, { recursive: true, force: true }));

async function read(files: Readonly<Record<string, string | Buffer | object>>): Promise<Landscape> {
  for (const [name, content] of Object.entries(files))
    writeFileSync(
      join(folder, name),
      typeof content === "string" || Buffer.isBuffer(content) ? content : JSON.stringify(content),
    );
  const builder = new LandscapeBuilder();
  await readFiles(folder, builder);
  return builder.build();
}

const summary = ({ ranges }: Landscape) =>
  ranges.map(({ kind, prefix, id, owner, region }) => `${kind} ${prefix} ${id} ${owner} ${region}`);

const vpc = (cidr: string, more: object = {}) => ({
  Vpcs: [{ VpcId: "vpc-1", OwnerId: "111111111111", CidrBlock: cidr, ...more }],
});

test("a VPC is in the Region of its subnets, and IPv6 is counted", async () => {
  const landscape = await read({
    "vpcs.json": vpc("10.1.0.0/16", { Ipv6CidrBlockAssociationSet: [{ Ipv6CidrBlock: "2001:db8::/56" }] }),
    "subnets.json": {
      Subnets: [
        {
          ...{ SubnetId: "subnet-1", VpcId: "vpc-1", OwnerId: "111111111111", CidrBlock: "10.1.0.0/24" },
          ...{ AvailabilityZone: "us-west-2-lax-1a", AvailableIpAddressCount: 12 },
        },
      ],
    },
  });
  expect(summary(landscape)).toEqual([
    "vpc 10.1.0.0/16 vpc-1 111111111111 us-west-2",
    "subnet 10.1.0.0/24 subnet-1 111111111111 us-west-2",
  ]);
  expect([...landscape.skipped]).toEqual([["IPv6", 1]]);
});

test("an entry in two files counts once, and a detached CIDR not at all", async () => {
  const cidrs = [
    { AssociationId: "vpc-cidr-assoc-1", CidrBlock: "10.1.0.0/16", CidrBlockState: { State: "associated" } },
    {
      AssociationId: "vpc-cidr-assoc-2",
      CidrBlock: "10.2.0.0/16",
      CidrBlockState: { State: "disassociated" },
    },
  ];
  const described = vpc("10.1.0.0/16", { CidrBlockAssociationSet: cidrs });
  const { ranges } = await read({ "a.json": described, "b.json": described });
  expect(ranges.map(({ prefix, association }) => [String(prefix), association])).toEqual([
    ["10.1.0.0/16", "vpc-cidr-assoc-1"],
  ]);
});

test("gcloud's lists: subnetworks of a Shared VPC, internal ranges and clusters of every kind", async () => {
  const host = "https://www.googleapis.com/compute/v1/projects/host";
  const cluster = (name: string, more: object) => ({
    ...{ name, location: "europe-west4", locations: ["europe-west4-a"], nodePools: [] },
    selfLink: `https://container.googleapis.com/v1/projects/team/locations/europe-west4/clusters/${name}`,
    networkConfig: {
      network: "projects/host/global/networks/shared",
      subnetwork: "projects/host/regions/europe-west4/subnetworks/gke",
    },
    ...more,
  });
  const landscape = await read({
    "subnets.json": [
      {
        ...{ kind: "compute#subnetwork", name: "gke", ipCidrRange: "10.4.0.0/22" },
        selfLink: `${host}/regions/europe-west4/subnetworks/gke`,
        network: `${host}/global/networks/shared`,
        secondaryIpRanges: [{ rangeName: "pods", ipCidrRange: "10.64.0.0/14" }],
      },
    ],
    "ranges.json": [
      {
        name: "projects/host/locations/global/internalRanges/partners",
        network: "projects/host/global/networks/shared",
        ipCidrRange: "10.90.0.0/16",
      },
    ],
    "clusters.json": [
      cluster("vpc-native", {
        ipAllocationPolicy: { useIpAliases: true, clusterSecondaryRangeName: "pods" },
      }),
      cluster("autopilot", {
        autopilot: { enabled: true },
        ipAllocationPolicy: { useIpAliases: true, clusterSecondaryRangeName: "pods" },
      }),
      cluster("old", { clusterIpv4Cidr: "10.112.0.0/14" }),
      cluster("private", {
        ipAllocationPolicy: { useIpAliases: true },
        privateClusterConfig: { masterIpv4CidrBlock: "10.3.0.0/28" },
      }),
    ],
  });
  expect(summary(landscape).map((line) => line.split(" ").slice(0, 2).join(" "))).toEqual([
    "control-plane 10.3.0.0/28",
    "subnet 10.4.0.0/22",
    "secondary-range 10.64.0.0/14",
    "internal-range 10.90.0.0/16",
    "pod-range 10.112.0.0/14",
  ]);
  expect(landscape.clusters.map(({ name, mode }) => [name, mode])).toEqual([
    ["autopilot", "autopilot"],
    ["old", "routes-based"],
    ["private", undefined],
    ["vpc-native", undefined],
  ]);
});

test("Terraform's state and its shown form have the same networks", async () => {
  const attributes = {
    id: "vpc-1",
    owner_id: "111111111111",
    cidr_block: "10.1.0.0/16",
    tags_all: { Name: "a" },
  };
  const state = await read({
    "x.tfstate": {
      ...{ version: 4, lineage: "x", serial: 1 },
      resources: [{ mode: "managed", type: "aws_vpc", name: "main", instances: [{ attributes }] }],
    },
  });
  rmSync(join(folder, "x.tfstate"));
  const shown = await read({
    "shown.json": {
      format_version: "1.0",
      values: {
        root_module: {
          child_modules: [
            {
              resources: [
                { address: "module.m.aws_vpc.main", mode: "managed", type: "aws_vpc", values: attributes },
              ],
            },
          ],
        },
      },
    },
  });
  expect(summary(state)).toEqual(["vpc 10.1.0.0/16 vpc-1 111111111111 undefined"]);
  expect(summary(shown)).toEqual(summary(state));
});

test("NetBox's API and its export: containers and aggregates are nobody's network", async () => {
  const api = await read({
    "prefixes.json": {
      count: 2,
      results: [
        { prefix: "10.9.0.0/16", status: { value: "container" }, tenant: null },
        {
          prefix: "10.9.1.0/24",
          status: { value: "active" },
          tenant: { name: "Office" },
          site: { name: "Lyon" },
        },
      ],
    },
    "aggregates.csv": "prefix,rir\n10.0.0.0/8,RFC 1918\n",
  });
  expect(summary(api)).toEqual(["documented 10.9.1.0/24 10.9.1.0/24 NetBox: Office, Lyon undefined"]);
  rmSync(join(folder, "prefixes.json"));
  const exported = await read({
    "prefixes.csv": '\ufeffPrefix,Status,Tenant,Description\n10.9.1.0/24,Active,Office,"Desks, printers"\n',
  });
  expect(summary(exported)).toEqual([
    "documented 10.9.1.0/24 10.9.1.0/24 NetBox: Office, Desks, printers undefined",
  ]);
});

const utf16 = Buffer.from("\ufeffcidr,owner\n10.0.0.0/16,a\n", "utf16le");
test.each<readonly [string, Readonly<Record<string, string | Buffer | object>>, RegExp]>([
  [
    "half a file",
    { "a.json": '{"Vpcs": [{"VpcId": "vp' },
    /a\.json: is not complete JSON .*run the command again/,
  ],
  [
    "an error of the CLI",
    { "a.json": "\nAn error occurred (UnauthorizedOperation) when calling" },
    /a\.json: is not JSON but "An error occurred \(UnauthorizedOperation\)/,
  ],
  ["a web page", { "a.json": "<html><body>Sign in</body></html>" }, /a\.json: is a web page/],
  ["an empty file", { "a.json": "" }, /a\.json: is empty/],
  ["UTF-16", { "a.json": utf16 }, /a\.json: is UTF-16/],
  ["a table in UTF-16", { "a.csv": utf16 }, /a\.csv: is UTF-16/],
  ["host bits", { "a.json": vpc("10.1.2.3/16") }, /a\.json: Vpcs\[0\]: .*host bits.*10\.1\.0\.0\/16/],
  [
    "a missing id",
    { "a.json": { Subnets: [{ CidrBlock: "10.0.0.0/24" }] } },
    /a\.json: Subnets\[0\]: has no SubnetId/,
  ],
  [
    "a table of something else",
    { "a.csv": "name,price\na,1\n" },
    /a\.csv: line 1: has the columns name, price/,
  ],
  ["a table with an open quote", { "a.csv": 'cidr,owner\n10.0.0.0/16,"a\n' }, /a\.csv: .*[Qq]uote/],
  ["a row without an owner", { "a.csv": "cidr,owner\n10.0.0.0/16,\n" }, /a\.csv: line 2: has no owner/],
  [
    "a cloud that is none",
    { "a.csv": "cidr,owner,cloud\n10.0.0.0/16,a,azure\n" },
    /a\.csv: line 2: cloud is "azure"/,
  ],
  ["something else", { "a.json": { hello: "world" } }, /a\.json: is none of the outputs/],
  ["a folder without files", {}, /has no \.json/],
])("%s is one sentence with the file", async (_name, files, sentence) => {
  await expect(read(files)).rejects.toThrow(sentence);
});
