import { ServiceError, Store } from "@cluster-ipam/cloud-model";
import { type ObjectValue } from "@cluster-ipam/terraform-provider";
import { countResources } from "../src/resource-store/resource-store";
import { TerraformCaller } from "./adapters/terraform-caller";

const region = { region: "eu-west-1" };
const role = (name: string, more: ObjectValue = {}): ObjectValue => ({
  name,
  assume_role_policy: "{}",
  ...more,
});
const caller = (props: ConstructorParameters<typeof TerraformCaller>[1] = {}) =>
  new TerraformCaller("aws", { config: region, ...props });

describe("creating a resource that exists", () => {
  const aws = caller();
  const google = new TerraformCaller("google", { config: { project: "acme", region: "europe-west1" } });

  // [type, arguments, the error as the provider shows it]
  const twins: readonly [type: string, args: ObjectValue, error: RegExp][] = [
    [
      "aws_iam_role",
      role("r"),
      /^creating IAM Role \(r\): operation error IAM: CreateRole, https response error StatusCode: 409, RequestID: [0-9a-f-]{36}, EntityAlreadyExists: Role with name r already exists\.$/,
    ],
    [
      "aws_launch_template",
      { name: "nodes" },
      /^creating EC2 Launch Template \(nodes\): operation error EC2: CreateLaunchTemplate, .* StatusCode: 400, .*, api error InvalidLaunchTemplateName\.AlreadyExistsException: /,
    ],
    ["aws_cloudwatch_log_group", { name: "l" }, /ResourceAlreadyExistsException: The specified log group/],
    [
      "aws_dynamodb_table",
      { name: "t", billing_mode: "PAY_PER_REQUEST" },
      /ResourceInUseException: Table already exists: t$/,
    ],
    [
      "google_service_account",
      { account_id: "nodes" },
      /^Error creating service account: googleapi: Error 409: Service account nodes already exists within project projects\/acme\., alreadyExists$/,
    ],
    [
      "google_compute_address",
      { name: "nat" },
      /^Error creating Address: googleapi: Error 409: The resource 'projects\/acme\/regions\/europe-west1\/addresses\/nat' already exists, alreadyExists$/,
    ],
  ];

  it.each(twins)("%s is refused", async (type, args, error) => {
    const provider = type.startsWith("google_") ? google : aws;
    await provider.create(type, args);
    await expect(provider.create(type, args)).rejects.toThrow(error);
  });

  it("is refused only where the name is taken", async () => {
    const elsewhere = { ...region, allowed_account_ids: ["210987654321"] };
    const store = new Store();
    const [here, there] = [caller({ store }), caller({ store, config: elsewhere })];
    const mine = await here.create("aws_iam_role", role("r"));
    const theirs = await there.create("aws_iam_role", role("r"));
    expect([mine["arn"], theirs["arn"]]).toEqual([
      "arn:aws:iam::123456789012:role/r",
      "arn:aws:iam::210987654321:role/r",
    ]);
    await here.create("aws_cloudwatch_log_group", { name: "l" });
    await here.create("aws_cloudwatch_log_group", { name: "l", region: "us-east-1" });
  });

  it("is refused by what tells a type apart, not by its id alone", async () => {
    const permission = (fn: string) => ({
      function_name: fn,
      statement_id: "schedule",
      action: "lambda:InvokeFunction",
      principal: "scheduler.amazonaws.com",
    });
    const trust = { assume_role_policy: `{"Service":"lambda.amazonaws.com"}` };
    const { arn } = await aws.create("aws_iam_role", role("lambda", trust));
    for (const name of ["a", "b"])
      await aws.create("aws_lambda_function", {
        ...{ function_name: name, role: arn!, filename: "f.zip" },
        ...{ handler: "main.handler", runtime: "nodejs22.x" },
      });
    const a = await aws.create("aws_lambda_permission", permission("a"));
    const b = await aws.create("aws_lambda_permission", permission("b"));
    expect(a["id"]).toBe(b["id"]);
    await expect(aws.create("aws_lambda_permission", permission("b"))).rejects.toThrow(
      /ResourceConflictException: The statement id \(schedule\) provided already exists/,
    );
    await aws.destroy("aws_lambda_permission", a);
    expect(await aws.read("aws_lambda_permission", b)).toEqual(b);
  });

  it("is accepted where the call sets what it finds", async () => {
    const member = { project: "acme", role: "roles/viewer", member: "user:a@example.com" };
    const first = await google.create("google_project_iam_member", member);
    expect((await google.create("google_project_iam_member", member))["id"]).toBe(first["id"]);
  });
});

describe("a creation whose answer was lost", () => {
  it("returns the existing resource, once per time it was sent", async () => {
    const store = new Store();
    const killed = caller({ store });
    const keys = [await killed.create("aws_kms_key", {}), await killed.create("aws_kms_key", {})];
    killed.cloud.close(true);

    const next = caller({ store });
    const again = [await next.create("aws_kms_key", {}), await next.create("aws_kms_key", {})];
    const third = await next.create("aws_kms_key", {});
    const ids = (states: readonly ObjectValue[]) => states.map(({ id }) => id);
    expect(new Set(ids(again))).toEqual(new Set(ids(keys)));
    expect(ids(keys)).not.toContain(third["id"]);
  });

  it("is not refused as a twin of itself", async () => {
    const store = new Store();
    const killed = caller({ store });
    await killed.create("aws_iam_role", role("r"));
    killed.cloud.close(true);
    expect(await caller({ store }).create("aws_iam_role", role("r"))).toMatchObject({ name: "r" });
  });

  it("does not mix with a run that goes on, that ended well, or whose resource was read", async () => {
    const store = new Store();
    const [running, ended, reading] = [caller({ store }), caller({ store }), caller({ store })];
    const ids = new Set<unknown>();
    ids.add((await running.create("aws_kms_key", {}))["id"]);
    ids.add((await ended.create("aws_kms_key", {}))["id"]);
    ended.cloud.close(false);
    const read = await reading.create("aws_kms_key", {});
    await reading.read("aws_kms_key", read);
    ids.add(read["id"]);
    reading.cloud.close(true);
    ids.add((await caller({ store }).create("aws_kms_key", {}))["id"]);
    expect(ids.size).toBe(4);
  });
});

describe("an existing resource", () => {
  it("is counted by its type", async () => {
    const store = new Store();
    const aws = caller({ store });
    await aws.create("aws_kms_key", {});
    const gone = await aws.create("aws_iam_role", role("r"));
    await aws.destroy("aws_iam_role", gone);
    await aws.create("aws_kms_key", {});
    expect(store.view(countResources)).toEqual({ aws_kms_key: 2 });
  });

  it("is read as it is, imported by its id, and gone when it was removed elsewhere", async () => {
    const store = new Store();
    const [mine, other] = [caller({ store }), caller({ store })];
    const made = await mine.create("aws_iam_role", role("r", { description: "before" }));
    const found = (await other.import("aws_iam_role", "r")) as ObjectValue;
    expect(found).toEqual(made);

    await other.update("aws_iam_role", found, role("r", { description: "after" }));
    expect(await mine.read("aws_iam_role", made)).toMatchObject({ description: "after" });

    await other.destroy("aws_iam_role", found);
    expect(await mine.read("aws_iam_role", made)).toBeNull();
    await expect(mine.update("aws_iam_role", made, role("r", { description: "later" }))).rejects.toThrow(
      /^updating IAM Role \(r\): operation error IAM: UpdateRole, .* StatusCode: 404/,
    );
    await mine.destroy("aws_iam_role", made);
    await expect(mine.import("aws_iam_role", "r")).rejects.toThrow("Cannot find aws_iam_role");
  });
});

describe("what goes wrong", () => {
  const throttled = new ServiceError("ThrottlingException", "Rate exceeded", 429);

  it("before a call leaves nothing, after it leaves what was made", async () => {
    const store = new Store();
    const before = caller({ store, faults: { before: () => throttled } });
    await expect(before.create("aws_iam_role", role("r"))).rejects.toThrow(
      "ThrottlingException: Rate exceeded",
    );
    const after = caller({ store, faults: { after: () => throttled } });
    await expect(after.create("aws_iam_role", role("r"))).rejects.toThrow(
      "ThrottlingException: Rate exceeded",
    );
    await expect(caller({ store }).create("aws_iam_role", role("r"))).rejects.toThrow("EntityAlreadyExists");
  });

  it("can be that a read lies behind", async () => {
    const store = new Store();
    const made = await caller({ store }).create("aws_iam_role", role("r"));
    const stale = caller({
      store,
      faults: { staleness: ({ action }) => (action === "read aws_iam_role" ? 1 : 0) },
    });
    expect(await stale.read("aws_iam_role", made)).toBeNull();
    expect(await caller({ store }).read("aws_iam_role", made)).toEqual(made);
  });
});
