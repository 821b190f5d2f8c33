import { type LandscapeBuilder } from "../landscape/landscape-builder";
import { isObject, type JsonObject, numberOf, objectsOf, required, textOf, textsOf } from "./json-value";

/** Whether a resource is one of Google Cloud that this reads. */
export function isGoogleResource(resource: JsonObject): boolean {
  const kind = textOf(resource, "kind") ?? "";
  return (
    ["compute#network", "compute#subnetwork"].includes(kind) ||
    isCluster(resource) ||
    isInternalRange(resource)
  );
}

/**
 * Reads a network, subnetwork, internal range or GKE cluster, as `gcloud … --format=json` and the APIs give it.
 *
 * @param file file or service, for errors @param entry position in it
 * @throws LandscapeError if it is malformed
 */
export function readGoogleResource(
  resource: JsonObject,
  to: LandscapeBuilder,
  file: string,
  entry: string,
): void {
  if (isCluster(resource)) readCluster(resource, to, file, entry);
  else if (isInternalRange(resource)) readInternalRange(resource, to, file, entry);
  else if (textOf(resource, "kind") === "compute#subnetwork") readSubnetwork(resource, to, file, entry);
}

function isCluster(resource: JsonObject): boolean {
  return Array.isArray(resource["nodePools"]) || (textOf(resource, "selfLink") ?? "").includes("/clusters/");
}

function isInternalRange(resource: JsonObject): boolean {
  return (textOf(resource, "name") ?? "").includes("/internalRanges/");
}

function readSubnetwork(subnet: JsonObject, to: LandscapeBuilder, file: string, entry: string): void {
  const where = `${file}: ${entry}`;
  const id = resourcePath(required(subnet, "selfLink", where));
  const common = {
    ...({ cloud: "google", owner: part(id, "projects"), region: part(id, "regions"), tags: {} } as const),
    ...{ network: resourcePath(required(subnet, "network", where)), source: { file, entry } },
  };
  const name = required(subnet, "name", where);
  if (textOf(subnet, "ipCidrRange") !== undefined)
    to.addRange(subnet["ipCidrRange"], { kind: "subnet", id, name, ...common });
  for (const range of objectsOf(subnet, "secondaryIpRanges", where))
    to.addRange(range["ipCidrRange"], {
      ...{ kind: "secondary-range", subnet: id, id: required(range, "rangeName", where), ...common },
    });
  if (textOf(subnet, "ipv6CidrRange") !== undefined) to.skip("IPv6");
}

function readInternalRange(range: JsonObject, to: LandscapeBuilder, file: string, entry: string): void {
  const id = required(range, "name", `${file}: ${entry}`);
  // A range that reserves only a length has no CIDR until it is used.
  if (textOf(range, "ipCidrRange") === undefined) return to.skip("internal ranges without a CIDR");
  to.addRange(range["ipCidrRange"], {
    ...{ kind: "internal-range", cloud: "google", id, name: id.split("/").at(-1)!, source: { file, entry } },
    ...{ owner: part(id, "projects"), tags: labels(range["labels"]) },
    network: resourcePath(required(range, "network", `${file}: ${entry}`)),
  });
}

function readCluster(cluster: JsonObject, to: LandscapeBuilder, file: string, entry: string): void {
  const where = `${file}: ${entry}`;
  const id = resourcePath(required(cluster, "selfLink", where));
  const owner = part(id, "projects");
  const location = textOf(cluster, "location") ?? required(cluster, "zone", where);
  const region = location.replace(/-[a-z]$/, "");
  const config = objectOf(cluster, "networkConfig");
  const policy = objectOf(cluster, "ipAllocationPolicy");
  const network =
    textOf(config, "network") ?? `projects/${owner}/global/networks/${textOf(cluster, "network")}`;
  const subnet =
    textOf(config, "subnetwork") ??
    `projects/${owner}/regions/${region}/subnetworks/${textOf(cluster, "subnetwork")}`;
  const name = required(cluster, "name", where);
  const podRange = textOf(policy, "clusterSecondaryRangeName");
  const isRoutesBased = policy["useIpAliases"] !== true && podRange === undefined;
  const isAutopilot = objectOf(cluster, "autopilot")["enabled"] === true;
  const currentNodes = numberOf(cluster, "currentNodeCount");
  const zones = textsOf(cluster, "locations");
  const source = { file, entry };
  to.addCluster({
    ...{ cloud: "google", owner, region, name, network, subnets: [subnet], source },
    zones: zones.length > 0 ? zones : [location],
    tags: labels(cluster["resourceLabels"]),
    nodes: objectsOf(cluster, "nodePools", where).map((pool) => nodePool(pool, zones.length || 1)),
    ...(podRange !== undefined && { podRange }),
    ...(currentNodes !== undefined && { currentNodes }),
    ...(isAutopilot ? { mode: "autopilot" } : isRoutesBased ? { mode: "routes-based" } : {}),
  });
  const range = { cloud: "google", owner, region, name, network, tags: {}, source } as const;
  if (isRoutesBased && textOf(cluster, "clusterIpv4Cidr") !== undefined)
    to.addRange(cluster["clusterIpv4Cidr"], { kind: "pod-range", id: `${id}/pods`, ...range });
  const controlPlane = objectOf(cluster, "privateClusterConfig")["masterIpv4CidrBlock"];
  if (controlPlane !== undefined && controlPlane !== "")
    to.addRange(controlPlane, { kind: "control-plane", id: `${id}/control-plane`, ...range });
}

function nodePool(pool: JsonObject, zones: number) {
  const scaling = objectOf(pool, "autoscaling");
  const perZone = numberOf(scaling, "maxNodeCount");
  const most =
    numberOf(scaling, "totalMaxNodeCount") ??
    (perZone === undefined ? undefined : perZone * zones) ??
    (numberOf(pool, "initialNodeCount") ?? 1) * zones;
  const podsPerNode = numberOf(objectOf(pool, "maxPodsConstraint"), "maxPodsPerNode");
  const instanceType = textOf(objectOf(pool, "config"), "machineType");
  return {
    ...{ name: textOf(pool, "name") ?? "", most, subnets: [] },
    ...(instanceType !== undefined && { instanceType }),
    ...(podsPerNode !== undefined && { podsPerNode }),
  };
}

/** `projects/p/regions/r/subnetworks/s` of a URL. */
function resourcePath(link: string): string {
  return link.replace(/^.*?(?=projects\/)/, "");
}

/** The id after a collection's name: of `projects`, `my-project`. */
function part(path: string, collection: string): string {
  const segments = path.split("/");
  return segments[segments.indexOf(collection) + 1] ?? "";
}

function objectOf(object: JsonObject, member: string): JsonObject {
  const value = object[member];
  return isObject(value) ? value : {};
}

function labels(value: unknown): Readonly<Record<string, string>> {
  return isObject(value)
    ? Object.fromEntries(Object.entries(value).map(([key, item]) => [key, String(item)]))
    : {};
}
