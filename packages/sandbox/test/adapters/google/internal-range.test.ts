import fc from "fast-check";
import { countFreeBlocks, Prefix } from "@cluster-ipam/address-plan";
import { chooseFree } from "@cluster-ipam/cloud-model/google";
import { type ObjectValue } from "@cluster-ipam/terraform-provider";
import { GoogleProject } from "./google-project";

const type = "google_network_connectivity_internal_range";

describe("an internal range", () => {
  let project: GoogleProject;
  beforeEach(async () => {
    project = new GoogleProject();
    await project.network();
  });

  it("is the requested block", async () => {
    const made = await project.range("a", { ip_cidr_range: "10.4.0.0/16" });
    expect(made).toMatchObject({
      id: "projects/acme/locations/global/internalRanges/a",
      ip_cidr_range: "10.4.0.0/16",
    });
  });

  it("overlaps no other range, and a subnetwork only if the request allows it", async () => {
    await project.range("a", { ip_cidr_range: "10.4.0.0/16" });
    await project.subnetwork("s", "10.5.0.0/24");
    await expect(project.range("b", { ip_cidr_range: "10.4.8.0/24" })).rejects.toThrow(
      "The range 10.4.8.0/24 overlaps with the internal range 'projects/acme/locations/global/internalRanges/a' (10.4.0.0/16)., badRequest",
    );
    await expect(project.range("b", { ip_cidr_range: "10.5.0.0/16" })).rejects.toThrow(
      "overlaps with the subnet 'projects/acme/regions/europe-west4/subnetworks/s' (10.5.0.0/24)",
    );
    await project.range("b", { ip_cidr_range: "10.5.0.0/16", overlaps: ["OVERLAP_EXISTING_SUBNET_RANGE"] });
  });

  // [allocation strategy, the /24 chosen from what is free in 10.8.0.0/24 and 10.9.0.0/22]
  it.each([
    ["FIRST_AVAILABLE", "10.9.0.0/24"],
    ["FIRST_SMALLEST_FITTING", "10.9.3.0/24"],
  ])("is chosen in the target ranges, %s: %s", async (strategy, cidr) => {
    await project.range("taken", { ip_cidr_range: "10.8.0.0/24" });
    await project.subnetwork("s", "10.9.2.0/24");
    const made = await project.range("a", {
      prefix_length: 24,
      target_cidr_range: ["10.8.0.0/24", "10.9.0.0/22"],
      allocation_options: [{ allocation_strategy: strategy }],
    });
    expect(made["ip_cidr_range"]).toBe(cidr);
  });

  it("avoids the excluded ranges, and is refused when no block is free", async () => {
    const request = {
      prefix_length: 25,
      target_cidr_range: ["10.8.0.0/24"],
      exclude_cidr_ranges: ["10.8.0.0/25"],
    };
    expect((await project.range("a", request))["ip_cidr_range"]).toBe("10.8.0.128/25");
    await expect(project.range("b", request)).rejects.toThrow(
      "No free range with prefix length 25 is available in the target CIDR ranges 10.8.0.0/24",
    );
  });

  it("is the same in every run, and in 10.0.0.0/8 by default", async () => {
    const other = new GoogleProject();
    await other.network();
    const [a, b] = [
      await project.range("a", { prefix_length: 20 }),
      await other.range("a", { prefix_length: 20 }),
    ];
    expect(a["ip_cidr_range"]).toBe(b["ip_cidr_range"]);
    expect(Prefix.parse("10.0.0.0/8").contains(Prefix.parse(String(a["ip_cidr_range"])))).toBe(true);
  });

  it("changes only if it is mutable", async () => {
    const wider = (name: string, more: ObjectValue): ObjectValue => ({
      name,
      network: "net",
      usage: "FOR_VPC",
      peering: "FOR_SELF",
      ip_cidr_range: "10.4.0.0/15",
      ...more,
    });
    const made = await project.range("a", { ip_cidr_range: "10.4.0.0/16" });
    expect((await project.update(type, made, wider("a", {})))["ip_cidr_range"]).toBe("10.4.0.0/15");
    const fixed = await project.range("b", { ip_cidr_range: "10.6.0.0/16", immutable: true });
    await expect(
      project.update(type, fixed, wider("b", { ip_cidr_range: "10.6.0.0/15", immutable: true })),
    ).rejects.toThrow("is immutable");
  });
});

describe("the choice of a free block", () => {
  const blocks = fc
    .tuple(fc.integer({ min: 0, max: 2 ** 24 - 1 }), fc.integer({ min: 9, max: 28 }))
    .map(([offset, length]) => Prefix.ipv4At(10 * 2 ** 24 + offset, length));
  const choice = fc.oneof(
    fc.constantFrom({ by: "first" } as const, { by: "smallest" } as const),
    fc.record({ by: fc.constant("seed" as const), seed: fc.string(), among: fc.integer({ min: 1, max: 9 }) }),
  );
  const target = Prefix.parse("10.0.0.0/8");

  it("is aligned, in the target, disjoint from used blocks, and found whenever one exists", () => {
    fc.assert(
      fc.property(
        fc.array(blocks, { maxLength: 30 }),
        fc.integer({ min: 9, max: 29 }),
        choice,
        (used, length, by) => {
          const found = chooseFree([target], used, length, by);
          expect(found === undefined).toBe(countFreeBlocks(target, used, length) === 0n);
          if (!found) return;
          expect(found.length).toBe(length);
          expect(target.contains(found)).toBe(true);
          expect(used.some((one) => one.overlaps(found))).toBe(false);
        },
      ),
    );
  });
});
