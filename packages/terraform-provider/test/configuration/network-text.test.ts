import fc from "fast-check";
import { Address4, Address6 } from "ip-address";
import { holds, networkOf, networkText, parseNetwork } from "../../src/configuration/network-text";

describe("a network as text", () => {
  test.each(["10.0.0.0", "10.0.0.0/33", "10.0.0/8", "10.0.0.0/8/8", "2001:db8::/129", "/16", ""])(
    "%s is rejected",
    (text) => {
      expect(parseNetwork(text)).toBeUndefined();
    },
  );

  it("loses its host bits as ip-address says, in IPv4", () => {
    fc.assert(
      fc.property(fc.ipV4(), fc.integer({ min: 0, max: 32 }), (address, length) => {
        const start = new Address4(`${address}/${length}`).startAddress().address;
        expect(networkText(networkOf(parseNetwork(`${address}/${length}`)!))).toBe(`${start}/${length}`);
      }),
    );
  });

  it("loses its host bits as ip-address says, in IPv6", () => {
    fc.assert(
      fc.property(fc.ipV6(), fc.integer({ min: 0, max: 128 }), (address, length) => {
        const start = new Address6(`${address}/${length}`).startAddress().bigInt();
        expect(networkOf(parseNetwork(`${address}/${length}`)!).address).toBe(start);
      }),
    );
  });

  it("is written and read back", () => {
    fc.assert(
      fc.property(fc.ipV6(), (address) => {
        const network = parseNetwork(`${address}/128`)!;
        expect(parseNetwork(networkText(network))).toEqual(network);
      }),
    );
  });

  it("holds its parts and not its neighbour", () => {
    const [range, part, neighbour] = ["10.0.0.0/16", "10.0.128.0/17", "10.1.0.0/16"].map((text) =>
      parseNetwork(text)!,
    );
    expect(holds(range!, part!)).toBe(true);
    expect(holds(part!, range!)).toBe(false);
    expect(holds(range!, neighbour!)).toBe(false);
    expect(holds(parseNetwork("::/0")!, range!)).toBe(false);
  });
});
