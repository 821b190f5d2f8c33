import { type Ec2Reservation, type Ec2Subnet } from "../../../src/runtime";
import { FreePrefixes } from "../../../src/runtime/network/free-prefixes";
import { reservationsOf } from "../../../src/runtime/observe/reservations";
import { MemoryEc2 } from "../memory-ec2";

const OWN = ["10.0.0.16/28", "10.0.0.32/27", "10.0.0.64/26", "10.0.0.128/25"];

/** The reservations of 10.0.0.0/24, and whether they were read. */
async function read(
  availableAddresses: number,
  reserved: readonly Omit<Ec2Reservation, "subnetId">[],
  use: (free: FreePrefixes) => void = () => undefined,
) {
  const ec2 = new MemoryEc2();
  let calls = 0;
  ec2.reservations = async () => {
    calls++;
    return reserved.map((one) => ({ ...one, subnetId: "subnet-1" }));
  };
  const free = new FreePrefixes("10.0.0.0/24");
  use(free);
  const subnet = { id: "subnet-1", cidr: "10.0.0.0/24", availableAddresses } as Ec2Subnet;
  return { ...(await reservationsOf(subnet, free, ec2)), calls, free: free.free };
}

test("a subnet without reservations lacks the autoscaler's, and is not read", async () => {
  expect(await read(251, [])).toEqual({
    reservedAddresses: 0,
    foreignReservations: [],
    missingReservations: OWN,
    calls: 0,
    free: 14,
  });
});

test("a subnet with exactly the autoscaler's reservations is not read, whatever is used", async () => {
  expect(await read(12, [])).toMatchObject({ reservedAddresses: 239, missingReservations: [], calls: 0 });
  const used = await read(11, [], (free) => {
    free.addAddress("10.0.0.5");
    free.addPrefix("10.0.0.16/28");
  });
  expect(used).toMatchObject({ reservedAddresses: 223, missingReservations: [], calls: 0, free: 13 });
});

test("a person's reservations are seen, and explicit ones take blocks", async () => {
  const explicit = { cidr: "10.0.0.128/27", type: "explicit" as const };
  expect(await read(219, [explicit])).toEqual({
    reservedAddresses: 32,
    foreignReservations: ["10.0.0.128/27"],
    missingReservations: OWN.slice(0, 3),
    calls: 1,
    free: 12,
  });
  const prefix = { cidr: "10.0.0.128/27", type: "prefix" as const };
  expect(await read(219, [prefix])).toMatchObject({ foreignReservations: ["10.0.0.128/27"], free: 14 });
});

test("reservations of an interrupted run are completed", async () => {
  const made = OWN.slice(0, 2).map((cidr) => ({ cidr, type: "prefix" as const }));
  expect(await read(203, made)).toMatchObject({
    reservedAddresses: 48,
    foreignReservations: [],
    missingReservations: OWN.slice(2),
  });
});

test("an interface that is not listed yet is not taken for reserved addresses", async () => {
  const all = OWN.map((cidr) => ({ cidr, type: "prefix" as const }));
  // EC2 counts one address less than the listed interfaces and the reservations explain.
  expect(await read(11, all)).toMatchObject({ reservedAddresses: 239, calls: 1 });
});
