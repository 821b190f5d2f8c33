import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { keep } from "../../src/cloud/kept-resource";
import { removeSandboxStates } from "../../src/environments/sandbox-states";
import { Journal } from "../../src/store/journal";
import { Store } from "../../src/store/store";

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

test("states of the sandbox go; one that holds what stands elsewhere stays", () => {
  new Store({ journal: new Journal(cloud) }).transact((transaction) =>
    keep(transaction, { type: "aws_vpc", owner: "1", region: "eu-west-1", id: "vpc-1", state: {} }),
  );
  const own = write("own.tfstate", "vpc-1");
  const backup = write("own.tfstate.backup", "vpc-1");
  const empty = write("empty.tfstate");
  const foreign = write("foreign.tfstate", "vpc-1", "vpc-2");

  expect(removeSandboxStates(environment, cloud)).toEqual([foreign]);
  expect([own, backup, empty, foreign].map((path) => existsSync(path))).toEqual([false, false, false, true]);
});
