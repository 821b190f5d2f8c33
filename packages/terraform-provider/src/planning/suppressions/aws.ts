import { networkText, parseNetwork } from "../../configuration/network-text";
import { type Suppression } from "./suppression";

/** Rules of hashicorp/aws. */
export const awsSuppressions: Readonly<Record<string, Suppression>> = {
  /** A table without a class has the standard one. */
  "standard-table-class": (prior, planned) => prior === "" && planned === "STANDARD",
  /** A key's ARN and its id, or an alias' ARN and its name, are the same. */
  "key-id-or-arn": (prior, planned) => keyId(prior) === keyId(planned),
  /** What is not configured stays as it is, although the cloud does not compute it. */
  "not-configured": (_prior, _planned, { key, proposed }) => (proposed[key] ?? null) === null,
  /** Names of protocols and their numbers. */
  protocol: (prior, planned) => protocolOf(prior) === protocolOf(planned),
  /** Spellings of one IPv6 network. */
  "ipv6-network": (prior, planned) => {
    const [own, other] = [parseNetwork(prior), parseNetwork(planned)];
    return own !== undefined && other !== undefined && networkText(own) === networkText(other);
  },
  /** A block that is left out is kept as it is. */
  "left-out": (prior, planned, { key }) => key.endsWith(".#") && prior === "1" && planned === "0",
};

function protocolOf(text: string): string {
  const name = text.toLowerCase();
  return PROTOCOLS[name] ?? name;
}

const PROTOCOLS: Readonly<Record<string, string>> = {
  all: "-1",
  icmp: "1",
  tcp: "6",
  udp: "17",
  icmpv6: "58",
};

function keyId(text: string): string {
  return text.startsWith("arn:") ? text.slice(text.lastIndexOf(":key/") + ":key/".length) : text;
}
