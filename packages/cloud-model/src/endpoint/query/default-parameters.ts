/** Members whose default is 0: the numbers of things that a request does not ask for, and the first network card. */
const zeros = ["Ipv6AddressCount", "Ipv6PrefixCount", "NetworkCardIndex"];

/**
 * Whether a member that no operation reads asks for what EC2 does without it: false, none, or the Region's own network
 * border group.
 *
 * @param path as `watched` names it: `NetworkInterfaces[0].Ipv6AddressCount`
 */
export function isDefault(path: string, input: object, region: string): boolean {
  const value = path
    .split(/[.[\]]+/)
    .filter((part) => part !== "")
    .reduce<unknown>((parent, part) => (parent as Record<string, unknown>)[part], input);
  const member = path.slice(path.lastIndexOf(".") + 1);
  if (zeros.includes(member)) return value === 0;
  if (member === "Ipv6CidrBlockNetworkBorderGroup") return value === region;
  return isFalse(value);
}

/** False, or a structure of which every member is. */
const isFalse = (value: unknown): boolean =>
  value === false ||
  (typeof value === "object" &&
    value !== null &&
    !Array.isArray(value) &&
    Object.values(value).length > 0 &&
    Object.values(value).every(isFalse));
