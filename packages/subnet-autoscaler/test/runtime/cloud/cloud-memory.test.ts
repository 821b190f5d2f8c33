import { type Ec2, type Eks } from "../../../src/runtime";
import { ACTING, CloudMemory, LOOKING } from "../../../src/runtime/cloud/cloud-memory";
import { MemoryEc2, memoryEks } from "../memory-ec2";

const MINUTE = 60_000;
const START = Date.parse("2026-11-28T00:00:00Z");

/** A VPC with a pod subnet in zone a and one in zone b, and the reads that reach EC2 and EKS. */
function vpc() {
  const ec2 = new MemoryEc2();
  const a = ec2.add("100.64.0.0/22", "a", {});
  const b = ec2.add("100.64.4.0/22", "b", {});
  for (const id of [a, b]) {
    ec2.attach(id, 10);
    free(id, 1019 - 161);
  }
  function free(id: string, availableAddresses: number) {
    ec2.stored.set(id, { ...ec2.stored.get(id)!, availableAddresses });
  }
  const reads: string[] = [];
  const unanswered = new Set<string>();
  const recorded = <T extends object>(cloud: T): T =>
    new Proxy(
      { ...cloud },
      {
        get: (target, name: string) => {
          const read = target[name as keyof T];
          if (typeof read !== "function") return read;
          return (...args: unknown[]) => {
            const call = `${name} ${JSON.stringify(args[0])}`;
            reads.push(call);
            if (unanswered.has(call)) throw new Error("no answer");
            return (read as (...all: unknown[]) => unknown)(...args);
          };
        },
      },
    );
  const memory = new CloudMemory();
  const cloud = { ec2: recorded<Ec2>(ec2), eks: recorded<Eks>(memoryEks()) };
  /** Reads everything as a run does. @returns what reached AWS, and the number of interfaces */
  const run = async (minute: number, freshness = LOOKING) => {
    reads.length = 0;
    const recalled = memory.recall(cloud, START + minute * MINUTE, freshness);
    await recalled.eks.clusterVpc("prod");
    await recalled.ec2.routeTables("vpc-1");
    await recalled.ec2.subnets("vpc-1");
    let interfaces = 0;
    await recalled.ec2.forEachInterface({ vpcId: "vpc-1" }, () => interfaces++);
    return { reads: [...reads], interfaces, oldest: recalled.oldest / MINUTE };
  };
  return { ec2, unanswered, memory, run, free, a, b };
}

const SUBNETS = 'subnets "vpc-1"';
const SETTINGS = ['clusterVpc "prod"', 'routeTables "vpc-1"'];
const interfacesOf = (...ids: string[]) => `forEachInterface ${JSON.stringify({ subnetId: ids })}`;

test("a cold run reads everything once", async () => {
  const { run, a, b } = vpc();
  expect(await run(0)).toEqual({
    reads: [...SETTINGS, SUBNETS, interfacesOf(a, b)],
    interfaces: 2,
    oldest: 0,
  });
});

test("while no free address changes, a run reads the subnets only", async () => {
  const { run } = vpc();
  await run(0);
  for (const minute of [1, 2, 3, 4])
    expect(await run(minute)).toEqual({ reads: [SUBNETS], interfaces: 2, oldest: minute });
});

test("a subnet whose free addresses changed is read again, the others are not", async () => {
  const { ec2, run, free, b } = vpc();
  await run(0);
  ec2.attach(b, 1);
  free(b, 1019 - 161 - 17);
  expect(await run(1)).toMatchObject({ reads: [SUBNETS, interfacesOf(b)], interfaces: 3 });
  expect(await run(2)).toMatchObject({ reads: [SUBNETS], interfaces: 3 });
});

test("the subnets of a zone near its floor are read by every run, until they are no longer named", async () => {
  const { memory, run, a } = vpc();
  await run(0);
  memory.watch("prod", [a]);
  expect(await run(1)).toMatchObject({ reads: [SUBNETS, interfacesOf(a)] });
  memory.watch("dev", []);
  expect(await run(2)).toMatchObject({ reads: [SUBNETS, interfacesOf(a)] });
  memory.watch("prod", []);
  expect(await run(3)).toMatchObject({ reads: [SUBNETS] });
});

test("settings are read again after 5 minutes, interfaces after 10", async () => {
  const { run, a, b } = vpc();
  await run(0);
  expect(await run(5)).toMatchObject({ reads: [...SETTINGS, SUBNETS], oldest: 5 });
  expect(await run(10)).toMatchObject({ reads: [...SETTINGS, SUBNETS, interfacesOf(a, b)], oldest: 0 });
});

test("a subnet with CIDR reservations is read every 3 minutes, since its free addresses do not tell", async () => {
  const { run, free, b } = vpc();
  free(b, 100);
  await run(0);
  expect(await run(2)).toMatchObject({ reads: [SUBNETS] });
  expect(await run(3)).toMatchObject({ reads: [SUBNETS, interfacesOf(b)] });
});

test("before a change everything that is older than two runs is read again", async () => {
  const { run, a, b } = vpc();
  await run(0);
  expect(await run(2, ACTING)).toMatchObject({ reads: [SUBNETS], oldest: 2 });
  expect(await run(3, ACTING)).toMatchObject({
    reads: [...SETTINGS, SUBNETS, interfacesOf(a, b)],
    oldest: 0,
  });
});

test("what a failed run has read is left to the next one", async () => {
  const { ec2, unanswered, run, free, a, b } = vpc();
  // More than a page of interfaces each, so that the two are read by calls of their own.
  for (const id of [a, b]) {
    const cidr = id === a ? "100.64.0.0/18" : "100.65.0.0/18";
    ec2.stored.set(id, { ...ec2.stored.get(id)!, cidr });
    free(id, 100);
  }
  unanswered.add(interfacesOf(b));
  await expect(run(0)).rejects.toThrow("no answer");
  unanswered.clear();
  expect(await run(1)).toMatchObject({ reads: [SUBNETS, interfacesOf(b)], interfaces: 2 });
});

test("interfaces of a subnet that is gone are forgotten", async () => {
  const { ec2, run, b } = vpc();
  await run(0);
  ec2.stored.delete(b);
  expect(await run(1)).toMatchObject({ reads: [SUBNETS], interfaces: 1 });
});

test("nothing is fresh after the clock has moved backwards", async () => {
  const { run, a, b } = vpc();
  await run(60);
  expect(await run(0)).toMatchObject({ reads: [...SETTINGS, SUBNETS, interfacesOf(a, b)], oldest: 0 });
});

test("clusters of the same VPC read it once a run, and again after a change", async () => {
  const { memory, run } = vpc();
  await run(0);
  await run(1);
  expect(await run(1)).toMatchObject({ reads: [] });
  memory.forgetSubnets("vpc-1");
  expect(await run(1)).toMatchObject({ reads: [SUBNETS] });
});
