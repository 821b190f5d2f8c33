import { heldBlocks } from "../../src/cli/held-blocks";
import { EMPTY_LOCK, type LockEntry } from "../../src/lock/address-lock";

const vpc = "aws/eu-west-1/dev/eks/dev-apps";
const pods = "aws/eu-west-1/dev/eks-pods/dev-apps/pods";
const keys = [
  `${vpc}/nodes/eu-west-1a#2`,
  `${vpc}/nodes/eu-west-1b`,
  `${vpc}/public/eu-west-1b`,
  `${pods}/eu-west-1a#2`,
  `${pods}/eu-west-1b`,
];
const allocations = keys.map((key, index): LockEntry => ({
  key,
  cidr: `10.0.${index}.0/24`,
  demand: "/24",
  state: "draining",
}));
const lock = { ...EMPTY_LOCK, allocations };

const none = { added: [], pending: new Set<string>() };

test("the pod and public subnets of a zone are held until its nodes have left", () => {
  const pool = "aws/eu-west-1/dev/growth-pods";
  const unused = [pool, ...keys].filter((key) => key !== `${vpc}/nodes/eu-west-1b`);
  expect([...heldBlocks(lock, new Set(unused), none)]).toEqual(
    [`${vpc}/public/eu-west-1b`, `${pods}/eu-west-1b`].map((key) => [
      key,
      `nodes are still in ${vpc}/nodes/eu-west-1b`,
    ]),
  );
  expect(heldBlocks(lock, new Set(keys), none).size).toBe(0);
});
