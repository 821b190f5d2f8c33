import { allFirewalls, firewallOf } from "../../../google/documents/firewall";
import { deleteFirewall, insertFirewall, patchFirewall } from "../../../google/operations/compute/firewalls";
import { type FirewallRequest } from "../../../google/requests/compute";
import { required } from "../../../google/rules/refusals";
import { type JsonObject } from "../rest/json-body";
import { linkTo } from "./compute-operation";
import { type ResourceType } from "./resource-type";

const SOURCES = ["sourceRanges", "sourceTags", "sourceServiceAccounts"];

/** Where a rule applies that does not say it: everywhere. */
function anywhere(body: JsonObject): JsonObject {
  if (body["direction"] === "EGRESS")
    return body["destinationRanges"] ? {} : { destinationRanges: ["0.0.0.0/0"] };
  const hasSource = SOURCES.some((source) => ((body[source] ?? []) as readonly string[]).length > 0);
  return hasSource ? {} : { sourceRanges: ["0.0.0.0/0"] };
}

/** `compute.firewalls` */
export const firewalls: ResourceType = {
  collection: "firewalls",
  schema: "Firewall",
  scopes: ["global"],
  changes: ["patch", "update"],
  fixed: ["name", "network", "direction"],
  defaults: (body) => ({
    direction: "INGRESS",
    priority: 1000,
    disabled: false,
    logConfig: { enable: false },
    ...anywhere(body),
  }),
  all: (transaction) => allFirewalls(transaction).map(({ id }) => id),
  insert(context, body) {
    if (!body["allowed"] && !body["denied"]) throw required("resource.allowed");
    const { name, network = "default" } = body as unknown as FirewallRequest;
    return insertFirewall(context, { name, network }).id;
  },
  change(context, id, { network }) {
    if (typeof network === "string") patchFirewall(context, id, { network });
  },
  remove: deleteFirewall,
  known: ({ transaction }, id) => ({ network: linkTo(firewallOf(transaction, id)!.network) }),
};
