import { Prefix } from "@cluster-ipam/address-plan";
import { type ObjectValue } from "@cluster-ipam/terraform-provider";
import { type Transaction } from "@cluster-ipam/cloud-model";
import {
  alreadyExists,
  badRequest,
  clustersOn,
  internalRangeOf,
  inUse,
  invalid,
  missing,
  poolsOn,
  putSubnetwork,
  removeSubnetwork,
  required,
  type SecondaryRange,
  type Subnetwork,
  subnetworkOf,
} from "@cluster-ipam/cloud-model/google";
import { type ResourceContext, type ResourceModel } from "../resource-model";
import { ConfigReader } from "../config-reader";
import { networkNamed } from "./network";
import { checkSubnetwork } from "./range-rules";
import { internalRangePath, subnetworkPath } from "./resource-path";

/**
 * google_compute_subnetwork: ranges apart from all others of the network, growing in place, and not
 * taken away from clusters.
 */
export const subnetwork: ResourceModel = {
  create(context: ResourceContext, planned: ObjectValue): ObjectValue {
    const { transaction, caller } = context;
    const asked = new ConfigReader(planned);
    const name = asked.text("name");
    const id = subnetworkPath.of({ project: caller.owner, region: caller.region, name });
    if (subnetworkOf(transaction, id)) throw alreadyExists(id);
    const made: Subnetwork = {
      id,
      project: caller.owner,
      region: caller.region,
      name,
      network: networkNamed(transaction, caller, asked.text("network")).id,
      ...primaryRange(context, asked),
      secondary: asked.blocks("secondary_ip_range").map((block, i) => secondaryRange(context, block, i)),
    };
    put(context, undefined, made);
    return subnetworkState(made, planned);
  },
  update(context: ResourceContext, prior: ObjectValue, planned: ObjectValue): ObjectValue {
    const { transaction } = context;
    const before = subnetworkOf(transaction, String(prior["id"]));
    if (!before) throw missing(String(prior["id"]));
    const cidr = new ConfigReader(planned).text("ip_cidr_range") || before.cidr;
    if (!Prefix.parse(cidr, 4).contains(Prefix.parse(before.cidr)))
      throw invalid(
        "resource.ipCidrRange",
        cidr,
        `The range must contain the existing range ${before.cidr}.`,
      );
    const after = { ...before, cidr, secondary: changedRanges(context, before, prior, planned) };
    put(context, before, after);
    return subnetworkState(after, planned);
  },
  delete({ transaction }: ResourceContext, state: ObjectValue): void {
    const found = subnetworkOf(transaction, String(state["id"]));
    if (!found) return;
    const user = poolsOn(transaction, found.id)[0] ?? clustersOn(transaction, found.id)[0];
    if (user) throw inUse("subnetwork", found.id, user.id);
    removeSubnetwork(transaction, found.id);
  },
  read({ transaction }: ResourceContext, state: ObjectValue): ObjectValue | null {
    const found = subnetworkOf(transaction, String(state["id"]));
    return found ? subnetworkState(found, state) : null;
  },
  find({ transaction, terraformType, caller }: ResourceContext, id: string): ObjectValue | undefined {
    const region = typeof terraformType.settings.region === "string" ? terraformType.settings.region : "";
    const values = subnetworkPath.read(id, { project: caller.owner, region });
    const found = values && subnetworkOf(transaction, subnetworkPath.of(values));
    if (!found) return undefined;
    const { project, name, network } = found;
    return { id: found.id, project, region: found.region, name, network, ...subnetworkState(found, {}) };
  },
};

/** A change by Terraform or by GKE. @throws ServiceError */
export function put(
  { transaction, quotas }: Pick<ResourceContext, "transaction" | "quotas">,
  before: Subnetwork | undefined,
  after: Subnetwork,
): Subnetwork {
  const most = quotas.secondaryRangesPerSubnetwork;
  if (after.secondary.length > most)
    throw badRequest(`Exceeded maximum supported number of secondary ranges per subnetwork: ${most}.`);
  const twin = after.secondary.findIndex(
    ({ name }, i) => after.secondary.findIndex((one) => one.name === name) < i,
  );
  if (twin >= 0)
    throw invalid(
      `resource.secondaryIpRanges[${twin}].rangeName`,
      after.secondary[twin]!.name,
      "The secondary range name must be unique within the subnetwork.",
    );
  checkSubnetwork(transaction, before, after);
  if (before) checkReleased(transaction, before, after);
  return putSubnetwork(transaction, after);
}

/** Secondary ranges that go away, or change, must not be used by pods. */
function checkReleased(transaction: Transaction, before: Subnetwork, after: Subnetwork): void {
  for (const { name, cidr } of before.secondary) {
    if (after.secondary.some((range) => range.name === name && range.cidr === cidr)) continue;
    const uses = ({ podRanges }: { readonly podRanges: readonly string[] }) => podRanges.includes(name);
    const cluster = clustersOn(transaction, before.id).find(({ subnets }) =>
      subnets.some((subnet) => subnet.subnetwork === before.id && uses(subnet)),
    );
    const user = poolsOn(transaction, before.id).find(({ podRange }) => podRange === name) ?? cluster;
    if (user) throw inUse("subnetwork", `${before.id}' secondary range '${name}`, user.id);
  }
}

function primaryRange(context: ResourceContext, asked: ConfigReader): Pick<Subnetwork, "cidr" | "reserved"> {
  return rangeAsked(context, asked, "resource");
}

function secondaryRange(context: ResourceContext, block: ConfigReader, index: number): SecondaryRange {
  const field = `resource.secondaryIpRanges[${index}]`;
  const name = block.text("range_name");
  if (name === "") throw required(`${field}.rangeName`);
  return { name, ...rangeAsked(context, block, field) };
}

/** A range that is not said is the whole internal range it is taken from. */
function rangeAsked(
  { transaction, caller }: ResourceContext,
  asked: ConfigReader,
  field: string,
): { readonly cidr: string; readonly reserved?: string | undefined } {
  const text = asked.text("reserved_internal_range");
  const values = text === "" ? undefined : internalRangePath.read(text, { project: caller.owner });
  const reserved = values && internalRangePath.of(values);
  if (text !== "" && !reserved)
    throw invalid(`${field}.reservedInternalRange`, text, "The URL is malformed.");
  const cidr = asked.text("ip_cidr_range");
  if (cidr === "" && !reserved) throw required(`${field}.ipCidrRange`);
  const whole = reserved === undefined ? undefined : internalRangeOf(transaction, reserved);
  if (cidr === "" && !whole)
    throw invalid(`${field}.reservedInternalRange`, text, "The referenced internal range was not found.");
  return { cidr: cidr || whole!.cidr, reserved };
}

/** Only what Terraform changes: ranges that GKE added meanwhile, and that Terraform did not see, stay. */
function changedRanges(
  context: ResourceContext,
  before: Subnetwork,
  prior: ObjectValue,
  planned: ObjectValue,
): readonly SecondaryRange[] {
  const names = (state: ObjectValue) =>
    new ConfigReader(state).blocks("secondary_ip_range").map((block) => block.text("range_name"));
  const wanted = new ConfigReader(planned).blocks("secondary_ip_range");
  const dropped = names(prior).filter((name) => !names(planned).includes(name));
  const changed = before.secondary
    .filter(({ name }) => !dropped.includes(name))
    .map((old) => {
      const index = wanted.findIndex((block) => block.text("range_name") === old.name);
      return index < 0 ? old : { ...old, ...secondaryRange(context, wanted[index]!, index) };
    });
  const added = wanted
    .map((block, i) => secondaryRange(context, block, i))
    .filter(({ name }) => !before.secondary.some((old) => old.name === name));
  return [...changed, ...added];
}

/** What Terraform is told: the ranges that it knows as it knows them, then the others. */
export function subnetworkState(found: Subnetwork, known: ObjectValue): ObjectValue {
  const blocks = new ConfigReader(known).objects("secondary_ip_range");
  const named = (name: string) => blocks.findIndex((block) => block["range_name"] === name);
  const order = (name: string) => (named(name) < 0 ? blocks.length : named(name));
  const ranges = [...found.secondary].sort((a, b) => order(a.name) - order(b.name));
  return {
    ip_cidr_range: found.cidr,
    gateway_address: gatewayOf(found.cidr),
    secondary_ip_range: ranges.map(({ name, cidr, reserved }) => ({
      ...(blocks[named(name)] ?? { range_name: name, reserved_internal_range: reservedUrl(reserved) }),
      ip_cidr_range: cidr,
    })),
  };
}

const reservedUrl = (id: string | undefined): string | null =>
  id === undefined ? null : `https://networkconnectivity.googleapis.com/v1/${id}`;

/** The second address of the primary range is the gateway's. */
const gatewayOf = (cidr: string): string =>
  Prefix.ipv4At(Number(Prefix.parse(cidr).first) + 1, 32)
    .toString()
    .split("/")[0]!;
