import { type AddressLock, AddressPlan, allocate, parseLock, renderLock } from "../../src";
import { examplePlan } from "../example-plan";

const plan = examplePlan();
const { lock } = allocate(plan);

/** The lock with one entry changed by hand. */
function damaged(key: string, change: Partial<AddressLock["allocations"][number]>): AddressLock {
  expect(lock.allocations.map((entry) => entry.key)).toContain(key);
  return {
    ...lock,
    allocations: lock.allocations.map((entry) => (entry.key === key ? { ...entry, ...change } : entry)),
  };
}

test("has one entry a line, sorted, and reads back", () => {
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
    "addresses.lock.json: aws/eu-west-1: 10.192.0.0/12 overlaps the reserved 10.200.0.0/13 (on-premises: office); reserve another range, or give the block up: npm run addresses -- --release aws/eu-west-1",
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
    "a smaller block than asked for",
    damaged("aws/eu-central-1/prod/eks", { cidr: "10.208.0.0/20" }),
    "aws/eu-central-1/prod/eks: the plan asks for /16 but addresses.lock.json holds 10.208.0.0/20, and an allocation never moves; ask for less or put new clusters into another region or environment, or move it on purpose: npm run addresses -- --release aws/eu-central-1/prod/eks",
  ],
  [
    "an entry nobody asked for",
    { ...lock, allocations: [...lock.allocations, { key: "aws/mars-1", cidr: "10.0.0.0/12", asked: "/12" }] },
    `addresses.lock.json: aws/mars-1: the plan does not ask for it; ${UPDATE}`,
  ],
  [
    "a missing entry",
    { ...lock, allocations: lock.allocations.slice(1) },
    `addresses.lock.json: aws/eu-central-1: the plan asks for /12 but the lock has no entry; ${UPDATE}`,
  ],
  [
    "an entry for another demand",
    damaged("aws/eu-west-1", { asked: "/13" }),
    `addresses.lock.json: aws/eu-west-1: the plan asks for "/12" but the lock answers "/13"; ${UPDATE}`,
  ],
])("refuses %s", (_, wrong, message) => {
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
  ["another value", "null", /^addresses\.lock\.json: the whole: malformed \(.*\); restore/],
  [
    "another version",
    `{ "version": 2, "allocations": [] }`,
    "addresses.lock.json: version 2 is not known here; use the @cluster-ipam/address-plan that wrote it (this one writes 1)",
  ],
  [
    "a malformed entry",
    `{ "version": 1, "allocations": [{ "key": "aws/eu-west-1", "asked": "/12" }] }`,
    /^addresses\.lock\.json: aws\/eu-west-1: malformed \(.*\); restore/,
  ],
  [
    "a doubled entry",
    `{ "version": 1, "allocations": [${entry}, ${entry}] }`,
    `addresses.lock.json: aws/eu-west-1: listed twice; ${RESTORE}`,
  ],
])("does not read %s", (_, text, message) => {
  expect(() => parseLock(text)).toThrow(message);
});
