import { type AddressLock, AddressPlan, allocate, parseLock } from "../../src";
import { renderLock } from "../../src/lock/address-lock";
import { examplePlan } from "../example-plan";

const plan = examplePlan();
const { lock } = allocate(plan);

/** The lock with one entry edited. */
function damaged(key: string, change: Partial<AddressLock["allocations"][number]>): AddressLock {
  expect(lock.allocations.map((entry) => entry.key)).toContain(key);
  return {
    ...lock,
    allocations: lock.allocations.map((entry) => (entry.key === key ? { ...entry, ...change } : entry)),
  };
}

test("has one entry per line, sorted, and parses back", () => {
  const text = renderLock(lock);
  expect(text.split("\n")[3]).toBe(
    `    { "key": "aws/eu-central-1", "cidr": "10.208.0.0/12", "asked": "/12" },`,
  );
  expect(text.split("\n")).toHaveLength(lock.allocations.length + 6);
  expect(parseLock(text)).toEqual(lock);
  expect(renderLock({ ...lock, allocations: [...lock.allocations].reverse() })).toBe(text);
});

const RESTORE = "restore the file from version control, then run npm run addresses";
const UPDATE = "run npm run addresses and commit the lock";

test.each<[string, AddressLock, string]>([
  [
    "an overlap",
    damaged("aws/eu-west-1", { cidr: "10.208.0.0/12" }),
    `addresses.lock.json: aws/eu-west-1: 10.208.0.0/12 overlaps 10.208.0.0/12 of aws/eu-central-1; ${RESTORE}`,
  ],
  [
    "a block in a reserved range",
    damaged("aws/eu-west-1", { cidr: "10.192.0.0/12" }),
    "addresses.lock.json: aws/eu-west-1: 10.192.0.0/12 overlaps the reserved 10.200.0.0/13 (on-premises: office); reserve a different range, or release the allocation: npm run addresses -- --release aws/eu-west-1",
  ],
  [
    "a misaligned block",
    damaged("aws/eu-central-1/prod/eks", { cidr: "10.208.64.0/16" }),
    `addresses.lock.json: aws/eu-central-1/prod/eks: 10.208.64.0/16: host bits are set; write 10.208.0.0/16 (${RESTORE})`,
  ],
  [
    "a block outside its parent",
    damaged("aws/eu-central-1/prod/eks", { cidr: "10.16.0.0/16" }),
    `addresses.lock.json: aws/eu-central-1/prod/eks: 10.16.0.0/16 is outside 10.208.0.0/14 of aws/eu-central-1/prod; ${RESTORE}`,
  ],
  [
    "a block smaller than its demand",
    damaged("aws/eu-central-1/prod/eks", { cidr: "10.208.0.0/20" }),
    "aws/eu-central-1/prod/eks: the plan requires /16, but addresses.lock.json has 10.208.0.0/20 and an allocation never moves; reduce the demand, place new clusters in another region or environment, or release the allocation: npm run addresses -- --release aws/eu-central-1/prod/eks",
  ],
  [
    "an entry that the plan does not require",
    { ...lock, allocations: [...lock.allocations, { key: "aws/mars-1", cidr: "10.0.0.0/12", asked: "/12" }] },
    `addresses.lock.json: aws/mars-1: the plan does not require it; ${UPDATE}`,
  ],
  [
    "a missing entry",
    { ...lock, allocations: lock.allocations.slice(1) },
    `addresses.lock.json: aws/eu-central-1: the plan requires /12, but the lock has no entry; ${UPDATE}`,
  ],
  [
    "an entry for another demand",
    damaged("aws/eu-west-1", { asked: "/13" }),
    `addresses.lock.json: aws/eu-west-1: the plan requires "/12", but the lock records "/13"; ${UPDATE}`,
  ],
])("rejects %s", (_, wrong, message) => {
  expect(() => AddressPlan.from(plan, wrong)).toThrow(new Error(message));
});

const entry = `{ "key": "aws/eu-west-1", "cidr": "10.0.0.0/12", "asked": "/12" }`;

test.each([
  [
    "merge conflicts",
    `{\n<<<<<<< HEAD\n=======\n>>>>>>> branch\n}`,
    "addresses.lock.json:2: merge conflict; take the main branch's file, then run npm run addresses",
  ],
  ["half a file", `{ "version": 1, "alloc`, /^addresses\.lock\.json: not JSON \(.*\); restore the file/],
  ["an empty file", "", /^addresses\.lock\.json: not JSON \(.*\); restore the file/],
  ["another value", "null", /^addresses\.lock\.json: malformed \(.*\); restore/],
  [
    "another version",
    `{ "version": 2, "allocations": [] }`,
    "addresses.lock.json: version 2 is not supported; use the version of @cluster-ipam/address-plan that wrote it (this one writes version 1)",
  ],
  [
    "a malformed entry",
    `{ "version": 1, "allocations": [{ "key": "aws/eu-west-1", "asked": "/12" }] }`,
    /^addresses\.lock\.json: aws\/eu-west-1: malformed \(.*\); restore/,
  ],
  [
    "a duplicate entry",
    `{ "version": 1, "allocations": [${entry}, ${entry}] }`,
    `addresses.lock.json: aws/eu-west-1: listed twice; ${RESTORE}`,
  ],
])("does not parse %s", (_, text, message) => {
  expect(() => parseLock(text)).toThrow(message);
});
