import { Prefix } from "@cluster-ipam/address-plan";
import { Lazy } from "cdktf";
import { type BlueprintStack, cidrSlug, literalCidr } from "../../src";
import { hclOf } from "../terraform";

const inStack = (use: (stack: BlueprintStack) => void) => hclOf(use);

test("parses a literal IPv4 CIDR", () => {
  inStack((stack) =>
    expect(String(literalCidr(stack, "serviceCidr", "172.20.0.0/16"))).toBe("172.20.0.0/16"),
  );
});

test.each([
  ["172.20.1.0/16", "stack: serviceCidr: 172.20.1.0/16: host bits are set; write 172.20.0.0/16"],
  ["2001:db8::/32", "stack: serviceCidr: 2001:db8::/32"],
  ["172.20.0.0", `stack: serviceCidr: "172.20.0.0": has no prefix length; write 172.20.0.0/32`],
  [
    Lazy.stringValue({ produce: () => "172.20.0.0/16" }),
    "stack: serviceCidr: the CIDR is known only after apply but is checked at synth; write a literal from the address plan",
  ],
])("rejects %s", (cidr, message) => {
  inStack((stack) => expect(() => literalCidr(stack, "serviceCidr", cidr)).toThrow(message));
});

test("a slug has the characters of a construct id", () => {
  expect(cidrSlug("10.0.0.0/8")).toBe("10-0-0-0-8");
  expect(cidrSlug(Prefix.parse("10.0.0.0/8"))).toBe("10-0-0-0-8");
});
