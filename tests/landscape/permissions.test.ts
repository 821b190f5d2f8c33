import { join } from "node:path";
import {
  type Endpoint,
  type GoogleEndpoint,
  startEndpoint,
  startGoogleEndpoint,
} from "@cluster-ipam/cloud-model/endpoint";
import { ServiceError } from "@cluster-ipam/cloud-model";
import { GoogleReader, type Landscape, LandscapeBuilder, readAwsPlace } from "@cluster-ipam/landscape";
import { ForeignAws } from "./foreign-aws";
import { codeBlocks } from "../docs/code-blocks";

const page = join(__dirname, "../../docs/reality.md");
const [policy, googlePermissions] = codeBlocks(page)
  .filter(({ language }) => language === "json")
  .map(({ text }) => JSON.parse(text) as unknown) as [
  { Statement: readonly { Action: readonly string[] }[] },
  readonly string[],
];

let called: Set<string>;
let refuse: (action: string) => ServiceError | undefined;
let aws: Endpoint;
let google: GoogleEndpoint;
const before = { ...process.env };
beforeEach(async () => {
  called = new Set();
  refuse = () => undefined;
  const faults = {
    before: ({ action }: { readonly action: string }) => {
      called.add(action);
      return refuse(action);
    },
  };
  [aws, google] = await Promise.all([startEndpoint({ faults }), startGoogleEndpoint({ faults })]);
  Object.assign(process.env, aws.env, { AWS_ACCESS_KEY_ID: "444455556666", AWS_MAX_ATTEMPTS: "1" });
});
afterEach(async () => {
  process.env = { ...before };
  await Promise.all([aws.stop(), google.stop()]);
});

async function seen(): Promise<Landscape> {
  const builder = new LandscapeBuilder();
  await readAwsPlace({ region: "eu-west-1" }, builder);
  await new GoogleReader(google.env).readProject("example", builder);
  return builder.build();
}

/** Calls for each cluster and node group: this account has none. */
const DETAILS = /^(DescribeCluster|ListNodegroups|DescribeNodegroup)$/;

test("the page allows every call that is made, and nothing that changes anything", async () => {
  const place = { account: "444455556666", region: "eu-west-1" };
  await ForeignAws.at(aws.url).ipam(place, "10.96.0.0/12", []);
  called.clear();
  const { unseen } = await seen();
  expect(unseen).toEqual([]);
  const actions = policy.Statement[0]!.Action.map((action) => action.split(":")[1]!);
  const google = googlePermissions.map((permission) =>
    permission.replace("subnetworks.list", "subnetworks.aggregatedList"),
  );
  const named = (method: string) => method.replace(/projects\.locations\.(global\.)?/, "");
  const made = [...called].map(named).sort();
  expect(made).toEqual([...actions.filter((action) => !DETAILS.test(action)), ...google].sort());
  expect(actions.filter((action) => !/^(Describe|Get|List)/.test(action))).toEqual([]);
});

test("what is denied is named, and the rest is read", async () => {
  refuse = (action) =>
    action === "DescribeIpamPools" || action.endsWith("internalRanges.list")
      ? new ServiceError("UnauthorizedOperation", "You are not authorized to perform this operation.", 403)
      : undefined;
  const { unseen } = await seen();
  expect(unseen.map(({ what }) => what)).toEqual([
    "aws eu-west-1 ec2:DescribeIpamPools",
    "google example networkconnectivity.internalRanges",
  ]);
  expect(unseen[0]!.why).toContain("You are not authorized");
});
