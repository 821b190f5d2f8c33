import { readFileSync } from "node:fs";
import { join } from "node:path";

import { INSTANCE_TYPES, maxPods } from "../../src/cloud/index";
import { prefixProblem } from "../../src/cloud/instance-types";

// Known values: AWS's list of maximum pods for the standard mode, arithmetic for the others.
test.each([
  ["t3.small", 11, 146, 110],
  ["t3.medium", 17, 242, 110],
  ["t3a.small", 8, 98, 98],
  ["m5.large", 29, 434, 110],
  ["m7g.large", 29, 434, 110],
  ["m7g.medium", 8, 98, 98],
  ["m7i.xlarge", 58, 898, 110],
  ["m6i.4xlarge", 234, 3714, 110],
  ["m7i.16xlarge", 737, 11762, 250],
  ["c5.9xlarge", 234, 3714, 250],
  ["g4dn.16xlarge", 58, 898, 250],
  ["g5.48xlarge", 345, 5490, 250],
  ["p5.48xlarge", 100, 1570, 250],
])("%s: %i standard, %i with prefixes, %i recommended", (type, standard, raw, recommended) => {
  expect(maxPods(type, "standard")).toEqual({ raw: standard, recommended: standard, standard });
  expect(maxPods(type, "prefix-delegation")).toMatchObject({ raw, recommended, standard });
});

test("warns if prefix delegation lowers the pods per node", () => {
  expect(maxPods("m6i.4xlarge", "prefix-delegation").warning).toBe(
    "m6i.4xlarge: prefix delegation at the recommended 110 pods per node is below the 234 pods without it; set maxPods to up to 250, or use a smaller type",
  );
  expect(maxPods("m7i.xlarge", "prefix-delegation").warning).toBeUndefined();
});

test("custom networking excludes the primary interface", () => {
  expect(maxPods("m5.large", "custom-networking").raw).toBe(20);
  expect(maxPods("m5.large", "custom-networking-with-prefixes").raw).toBe(290);
});

test("accepts other types by shape and rejects unknown names", () => {
  expect(maxPods({ enis: 8, addressesPerEni: 50, vcpus: 64 }, "standard").raw).toBe(394);
  expect(() => maxPods("m5.lage", "standard")).toThrow(
    "instanceType: instance type m5.lage is not in the table (for other types, set enis, addressesPerEni and vcpus); did you mean m5.large?",
  );
  expect(() => maxPods({ enis: 0, addressesPerEni: 4, vcpus: 2 }, "standard")).toThrow(
    "is not a valid shape",
  );
});

/** The pods of every type without prefixes, as AWS publishes them. */
const recorded = readFileSync(join(__dirname, "eni-max-pods.txt"), "utf8")
  .split("\n")
  .filter((line) => line !== "" && !line.startsWith("#"))
  .map((line) => line.split(" ") as [string, string]);

/** EKS has no macOS, and cannot launch the others that AWS's list has and the table has not. */
const NO_NODES =
  /^mac|^bmn-|^u-\d+tb1\.metal$|^(f1|p3|dl1|hs1|cr1)\.|^(c5a|c5ad)\.metal$|^c7i\.32xlarge$|^trn2\.3xlarge$/;

test("every type that AWS lists has AWS's maximum", () => {
  const own = recorded.filter(([name]) => INSTANCE_TYPES.has(name));
  expect(own.map(([name]) => `${name} ${maxPods(name, "standard").standard}`)).toEqual(
    own.map((row) => row.join(" ")),
  );
  expect(own).toHaveLength(INSTANCE_TYPES.size);
  expect(recorded.filter(([name]) => !INSTANCE_TYPES.has(name) && !NO_NODES.test(name))).toEqual([]);
});

test("prefixes multiply the pods by 16, up to what EKS recommends, on all types but the old ones on Xen", () => {
  for (const [name, { enis, addressesPerEni, vcpus, hypervisor }] of INSTANCE_TYPES) {
    if (hypervisor === "xen") {
      expect(() => maxPods(name, "prefix-delegation")).toThrow(`${name} runs on Xen`);
      continue;
    }
    const pods = enis * (addressesPerEni - 1) * 16 + 2;
    expect([name, maxPods(name, "prefix-delegation")]).toMatchObject([
      name,
      { raw: pods, recommended: Math.min(pods, vcpus > 30 ? 250 : 110) },
    ]);
  }
});

test("a type without prefixes is refused with one that has them", () => {
  expect(() => maxPods("m4.large", "custom-networking-with-prefixes")).toThrow(
    "instanceType: m4.large runs on Xen, and prefixes need the Nitro hypervisor; use a Nitro type such as m5.large",
  );
  const advised = [...INSTANCE_TYPES]
    .filter(([, { hypervisor }]) => hypervisor === "xen")
    .map(([name]) => / such as (.*)$/.exec(prefixProblem(name)!)![1]!);
  for (const name of advised) expect(maxPods(name, "prefix-delegation").recommended).toBeGreaterThan(0);
});
