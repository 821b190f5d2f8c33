import * as fc from "fast-check";
import { associateResourceShare, createResourceShare } from "../../../src/aws/ram";
import { Account } from "./account";

const allocate = (account: Account, IpamPoolId: string, more: object) =>
  account.call("AllocateIpamPoolCidr", { IpamPoolId, ...more }).IpamPoolAllocation!;

const code = (text: string) => expect.objectContaining({ code: text });

describe("an IPAM", () => {
  it("is the only one of its account and Region", () => {
    const account = new Account();
    account.scope();
    expect(() => account.scope()).toThrow(code("ResourceLimitExceeded"));
    account.elsewhere({ region: "eu-central-1" }).scope();
    account.elsewhere({ owner: "210987654321" }).scope();
  });

  it("goes with all its pools only in a cascade", () => {
    const account = new Account();
    account.pool(account.scope(), "10.0.0.0/8");
    const { IpamId } = account.call("DescribeIpams", {}).Ipams![0]!;
    expect(() => account.call("DeleteIpam", { IpamId })).toThrow(code("DependencyViolation"));
    account.call("DeleteIpam", { IpamId, Cascade: true });
    expect(account.call("DescribeIpamPools", {}).IpamPools).toEqual([]);
    expect(account.call("DescribeIpamScopes", {}).IpamScopes).toEqual([]);
  });
});

describe("a pool", () => {
  it("gives its children parts of it, which it takes back when they go", () => {
    const account = new Account();
    const scope = account.scope("eu-central-1");
    const top = account.pool(scope, "10.0.0.0/8", { Locale: "None" });
    const child = account.pool(scope, "10.16.0.0/12", { SourceIpamPoolId: top });
    expect(account.call("GetIpamPoolAllocations", { IpamPoolId: top }).IpamPoolAllocations).toMatchObject([
      { Cidr: "10.16.0.0/12", ResourceId: child, ResourceType: "ipam-pool" },
    ]);
    expect(() => account.call("DeleteIpamPool", { IpamPoolId: top })).toThrow(code("DependencyViolation"));
    expect(() => account.call("DeleteIpamPool", { IpamPoolId: child })).toThrow(
      `The specified action is not valid for ${child}. There are one or more pool cidrs provisioned in the pool.`,
    );
    const deprovision = (IpamPoolId: string, Cidr: string) =>
      account.call("DeprovisionIpamPoolCidr", { IpamPoolId, Cidr }).IpamPoolCidr!;
    expect(deprovision(top, "10.0.0.0/8")).toMatchObject({
      State: "failed-deprovision",
      FailureReason: { Message: "The CIDR has one or more allocations." },
    });
    expect(deprovision(child, "10.16.0.0/12").State).toBe("deprovisioned");
    expect(deprovision(top, "10.0.0.0/8").State).toBe("deprovisioned");
    for (const IpamPoolId of [child, top]) account.call("DeleteIpamPool", { IpamPoolId });
  });

  it("does not get what another one has", () => {
    const account = new Account();
    const scope = account.scope();
    const top = account.pool(scope, "10.0.0.0/8", { Locale: "None" });
    account.pool(scope, "10.0.0.0/12", { SourceIpamPoolId: top });
    const provision = (Cidr: string, more: object) => {
      const input = { IpamScopeId: scope, AddressFamily: "ipv4", ...more } as const;
      const { IpamPoolId } = account.call("CreateIpamPool", input).IpamPool!;
      return account.call("ProvisionIpamPoolCidr", { IpamPoolId, Cidr }).IpamPoolCidr!;
    };
    const failed = { State: "failed-provision", FailureReason: { Code: "cidr-not-available" } };
    expect(provision("10.8.0.0/16", {})).toMatchObject(failed);
    expect(provision("10.8.0.0/16", { SourceIpamPoolId: top })).toMatchObject(failed);
    expect(provision("192.168.0.0/16", { SourceIpamPoolId: top })).toMatchObject(failed);
    expect(provision("192.168.0.0/16", {})).toMatchObject({ State: "provisioned" });
  });

  it.each([
    ["a locale where the IPAM does not operate", { Locale: "us-east-1" }],
    ["another locale than its source", { Locale: "eu-central-1" }],
    ["a default beyond its bounds", { AllocationMaxNetmaskLength: 24, AllocationDefaultNetmaskLength: 26 }],
    ["bounds the wrong way round", { AllocationMinNetmaskLength: 24, AllocationMaxNetmaskLength: 20 }],
    ["another address family than its source", { AddressFamily: "ipv6" as const }],
  ])("is refused with %s", (_, more) => {
    const account = new Account();
    const scope = account.scope("eu-central-1");
    const source = account.pool(scope, "10.0.0.0/8");
    expect(() =>
      account.call("CreateIpamPool", {
        IpamScopeId: scope,
        AddressFamily: "ipv4",
        Locale: "eu-west-1",
        SourceIpamPoolId: source,
        ...more,
      }),
    ).toThrow(code("InvalidParameterValue"));
  });

  it("allocates in its locale only", () => {
    const account = new Account();
    const pool = account.pool(account.scope("eu-central-1"), "10.0.0.0/8", { Locale: "eu-central-1" });
    const there = account.elsewhere({ region: "eu-central-1" });
    expect(() => allocate(account, pool, { NetmaskLength: 16 })).toThrow(code("InvalidParameterValue"));
    expect(allocate(there, pool, { NetmaskLength: 16 }).Cidr).toBe("10.0.0.0/16");
  });

  it("allocates the lowest free block beside what is disallowed, or the one that is asked for", () => {
    const account = new Account();
    const pool = account.pool(account.scope(), "10.0.0.0/16", { AllocationDefaultNetmaskLength: 24 });
    const DisallowedCidrs = ["10.0.0.0/23"];
    expect(allocate(account, pool, { DisallowedCidrs, PreviewNextCidr: true }).Cidr).toBe("10.0.2.0/24");
    expect(allocate(account, pool, { DisallowedCidrs }).Cidr).toBe("10.0.2.0/24");
    expect(allocate(account, pool, { NetmaskLength: 23 }).Cidr).toBe("10.0.0.0/23");
    expect(allocate(account, pool, {}).Cidr).toBe("10.0.3.0/24");
    expect(() => allocate(account, pool, { Cidr: "10.0.2.128/25" })).toThrow(code("InvalidParameterValue"));
    expect(() => allocate(account, pool, { NetmaskLength: 16 })).toThrow(
      "The allocation size is too big for the pool.",
    );
  });

  it("needs a netmask length where it has no default", () => {
    const account = new Account();
    const pool = account.pool(account.scope(), "10.0.0.0/16");
    expect(() => allocate(account, pool, {})).toThrow(code("InvalidParameterCombination"));
  });

  it("releases what was allocated by hand, not what a VPC has", () => {
    const account = new Account();
    const IpamPoolId = account.pool(account.scope(), "10.0.0.0/8");
    const { IpamPoolAllocationId, Cidr } = allocate(account, IpamPoolId, { NetmaskLength: 16 });
    account.call("CreateVpc", { Ipv4IpamPoolId: IpamPoolId, Ipv4NetmaskLength: 16 });
    account.call("ReleaseIpamPoolAllocation", { IpamPoolId, IpamPoolAllocationId, Cidr });
    const [left, ...others] = account.call("GetIpamPoolAllocations", { IpamPoolId }).IpamPoolAllocations!;
    expect(others).toEqual([]);
    expect(left).toMatchObject({ Cidr: "10.1.0.0/16", ResourceType: "vpc" });
    expect(() =>
      account.call("ReleaseIpamPoolAllocation", {
        IpamPoolId,
        IpamPoolAllocationId: left!.IpamPoolAllocationId,
        Cidr: left!.Cidr,
      }),
    ).toThrow(code("InvalidParameterCombination"));
  });

  it("that imports takes in the VPCs of its locale; another one gives their CIDR away again", () => {
    const account = new Account();
    const scope = account.scope();
    account.vpc("10.0.0.0/16");
    const blind = account.pool(scope, "10.0.0.0/12");
    expect(allocate(account, blind, { NetmaskLength: 16 }).Cidr).toBe("10.0.0.0/16");
    account.vpc("10.16.0.0/16");
    const seeing = account.pool(scope, "10.16.0.0/12", { AutoImport: true });
    account.vpc("10.17.0.0/16");
    expect(allocate(account, seeing, { NetmaskLength: 16 }).Cidr).toBe("10.18.0.0/16");
  });

  it("is there for another account once RAM shares it, without its tags", () => {
    const account = new Account();
    const IpamPoolId = account.pool(account.scope(), "10.0.0.0/8");
    account.call("CreateTags", { Resources: [IpamPoolId], Tags: [{ Key: "team", Value: "net" }] });
    const [pool] = account.call("DescribeIpamPools", {}).IpamPools!;
    const member = account.elsewhere({ owner: "210987654321" });
    const create = () => member.call("CreateVpc", { Ipv4IpamPoolId: IpamPoolId, Ipv4NetmaskLength: 16 }).Vpc!;
    expect(create).toThrow(`The ipam-pool ID '${IpamPoolId}' does not exist`);
    account.act((context) => {
      const { resourceShareArn } = createResourceShare(context, { name: "pools" });
      const [resourceArns, principals] = [[pool!.IpamPoolArn!], ["210987654321"]];
      associateResourceShare(context, { resourceShareArn, resourceArns, principals });
    });
    expect(create().CidrBlock).toBe("10.0.0.0/16");
    expect(pool!.Tags).toEqual([{ Key: "team", Value: "net" }]);
    expect(member.call("DescribeIpamPools", {}).IpamPools).toMatchObject([{ IpamPoolId, Tags: [] }]);
  });
});

describe("a planning pool", () => {
  const planning = (ResourceId: string) => ({
    SourceResource: {
      ResourceId,
      ResourceOwner: "123456789012",
      ResourceRegion: "eu-west-1",
      ResourceType: "vpc" as const,
    },
  });

  it("gives subnets of its VPC their CIDR, and takes it back", () => {
    const account = new Account();
    const scope = account.scope();
    const source = account.pool(scope, "10.0.0.0/8");
    const { VpcId } = account.call("CreateVpc", { Ipv4IpamPoolId: source, Ipv4NetmaskLength: 16 }).Vpc!;
    const pool = account.pool(scope, "10.0.0.0/16", { SourceIpamPoolId: source, ...planning(VpcId!) });
    const create = (Ipv4NetmaskLength: number, id = VpcId) =>
      account.call("CreateSubnet", { VpcId: id, Ipv4IpamPoolId: pool, Ipv4NetmaskLength }).Subnet!;
    const { SubnetId } = create(24);
    expect(create(20).CidrBlock).toBe("10.0.16.0/20");
    account.call("DeleteSubnet", { SubnetId });
    expect(create(24).CidrBlock).toBe("10.0.0.0/24");
    expect(() => create(24, account.vpc("10.99.0.0/16"))).toThrow(code("InvalidParameterValue"));
    expect(() => create(16)).toThrow("The allocation size is too big for the pool.");
  });

  it("has exactly a CIDR of its VPC, which no other one has", () => {
    const account = new Account();
    const scope = account.scope();
    const VpcId = account.vpc("10.0.0.0/16");
    const provision = (Cidr: string) => {
      const input = {
        IpamScopeId: scope,
        AddressFamily: "ipv4",
        Locale: "eu-west-1",
        ...planning(VpcId),
      } as const;
      const { IpamPoolId } = account.call("CreateIpamPool", input).IpamPool!;
      return account.call("ProvisionIpamPoolCidr", { IpamPoolId, Cidr }).IpamPoolCidr!.State;
    };
    expect(provision("10.0.0.0/17")).toBe("failed-provision");
    expect(provision("10.0.0.0/16")).toBe("provisioned");
    expect(provision("10.0.0.0/16")).toBe("failed-provision");
  });
});

describe("any sequence of allocations and releases", () => {
  // The oracle: one entry for each /28 of the /20 pool.
  const blocks = 256;
  const read = (cidr: string) => {
    const [address = "", length] = cidr.split("/");
    const start = address.split(".").reduce((sum, part) => sum * 256 + Number(part), 0) - 10 * 2 ** 24;
    return { start: start / 16, size: 2 ** (28 - Number(length)) };
  };
  const step = fc.oneof(
    fc.record({ netmask: fc.integer({ min: 19, max: 29 }) }),
    fc.record({ release: fc.nat() }),
  );

  it("gives the lowest aligned free block, within the pool's rules, or refuses", () => {
    fc.assert(
      fc.property(fc.array(step, { maxLength: 60 }), (steps) => {
        const account = new Account();
        const rules = { AllocationMinNetmaskLength: 21, AllocationMaxNetmaskLength: 28 };
        const pool = account.pool(account.scope(), "10.0.0.0/20", rules);
        const taken = new Array<boolean>(blocks).fill(false);
        const standing: { id: string; cidr: string }[] = [];
        const mark = (cidr: string, value: boolean) => {
          const { start, size } = read(cidr);
          taken.fill(value, start, start + size);
        };
        for (const one of steps) {
          if ("release" in one) {
            const [gone] = standing.splice(one.release % (standing.length || 1), 1);
            if (!gone) continue;
            account.call("ReleaseIpamPoolAllocation", {
              IpamPoolId: pool,
              IpamPoolAllocationId: gone.id,
              Cidr: gone.cidr,
            });
            mark(gone.cidr, false);
            continue;
          }
          const size = 2 ** (28 - one.netmask);
          const lowest = Array.from({ length: Math.floor(blocks / size) }, (_, i) => i * size).find(
            (start) => !taken.slice(start, start + size).includes(true),
          );
          const attempt = () => allocate(account, pool, { NetmaskLength: one.netmask });
          if (one.netmask < 21 || one.netmask > 28 || lowest === undefined) {
            expect(attempt).toThrow(code("InvalidParameterValue"));
            continue;
          }
          const { Cidr, IpamPoolAllocationId } = attempt();
          expect(read(Cidr!)).toEqual({ start: lowest, size });
          mark(Cidr!, true);
          standing.push({ id: IpamPoolAllocationId!, cidr: Cidr! });
        }
      }),
      { numRuns: 60 },
    );
  });
});
