import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Journal, Store } from "@cluster-ipam/cloud-model";
import { putResource } from "../../src/resource-store/resource-store";
import { removeEmptyStates, stackStates } from "../../src/environments/stack-states";

const folder = mkdtempSync(join(tmpdir(), "sandbox-states-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
const cloud = join(folder, "cloud");
const environment = { name: "dev", app: join(folder, "apps/dev") };

const write = (name: string, ...ids: string[]): string => {
  const path = join(environment.app, "state", name);
  mkdirSync(join(environment.app, "state"), { recursive: true });
  const instances = ids.map((id) => ({ attributes: { id } }));
  const data = { mode: "data", type: "aws_vpc", instances: [{ attributes: { id: "vpc-0" } }] };
  writeFileSync(path, JSON.stringify({ resources: [{ mode: "managed", type: "aws_vpc", instances }, data] }));
  return path;
};

test("tells states of the sandbox from those of elsewhere", () => {
  new Store({ journal: new Journal(cloud) }).transact((transaction) =>
    putResource(transaction, { type: "aws_vpc", owner: "1", region: "eu-west-1", id: "vpc-1", state: {} }),
  );
  const own = write("own.tfstate", "vpc-1");
  const stale = write("stale.tfstate", "vpc-1", "vpc-2");
  const foreign = write("foreign.tfstate", "vpc-3");

  const counted = stackStates(environment, cloud).map(({ path, resources, deployed }) => [
    path,
    resources,
    deployed,
  ]);
  expect(counted).toEqual([
    [foreign, 1, 0],
    [own, 1, 1],
    [stale, 2, 1],
  ]);
});

test.each([
  ["a cut state", '{"version": 4, "resources": [{"mode"', "not JSON"],
  ["junk", "null", "not a JSON object"],
  ["resources that are none", '{"resources": [1]}', "not a Terraform state"],
])("names %s and a fix", (_name, text, problem) => {
  const path = write("damaged.tfstate");
  writeFileSync(path, text);
  try {
    expect(() => stackStates(environment, cloud)).toThrow(
      new RegExp(`damaged.tfstate: ${problem}.*restore it`),
    );
  } finally {
    rmSync(path);
  }
});

test("removes the states that hold nothing, with their backups", () => {
  const full = write("full.tfstate", "vpc-1");
  const empty = write("empty.tfstate");
  const backup = write("empty.tfstate.backup", "vpc-1");

  removeEmptyStates(environment, cloud);
  expect([full, empty, backup].map((path) => existsSync(path))).toEqual([true, false, false]);
});
