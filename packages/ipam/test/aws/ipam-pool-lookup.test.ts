import { AwsIpamPools, IpamPoolLookup } from "../../src";
import { ipam, tree } from "./pool-tree";
import { find, one, resolve, synth } from "../synth";

const key = "aws/eu-central-1/prod";

test("the filter finds only the pool with the key", () => {
  const { resource } = synth((stack) => void new AwsIpamPools(stack, "pools", { ipam, pools: tree }));
  const { data } = synth((stack) => {
    const lookup = new IpamPoolLookup(stack, "pool", { key });
    expect(resolve(stack, lookup.poolId)).toMatch(/^\$\{data\.aws_vpc_ipam_pool\..+\.id\}$/);
  });

  const [, block] = one(data, "aws_vpc_ipam_pool");
  expect(block["filter"]).toEqual([{ name: "description", values: [`${key}: *`] }]);
  const matches = find(resource, "aws_vpc_ipam_pool").filter(([, pool]) =>
    String(pool["description"]).startsWith(`${key}: `),
  );
  expect(matches.map(([, { tags }]) => tags)).toEqual([{ Name: key, "cluster-ipam/pool": key }]);
});

test("rejects a key with a wildcard", () => {
  expect(() => synth((stack) => void new IpamPoolLookup(stack, "pool", { key: "aws/*" }))).toThrow(
    'network/pool: the pool key "aws/*" is not valid; use letters, digits',
  );
});
