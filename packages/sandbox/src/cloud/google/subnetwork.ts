import { Prefix } from "@cluster-ipam/address-plan";
import { type ObjectValue } from "../../plugin/value";
import { type Transaction } from "../../store/transaction";
import { type ResourceModel, type Scene } from "../resource-model";
import { badRequest } from "./refusals";
import { Asked } from "../asked";
import { clustersOn } from "./cluster-store";
import { internalRangeOf } from "./internal-range-store";
import { networkNamed } from "./network";
import { poolsOn } from "./node-pool-store";
import { checkSubnetwork } from "./range-rules";
import { alreadyExists, inUse, invalid, missing, required } from "./refusals";
import { internalRangePath, subnetworkPath } from "./resource-path";
import {
  putSubnetwork,
  removeSubnetwork,
  type SecondaryRange,
  type Subnetwork,
  subnetworkOf,
} from "./subnetwork-store";

/**
 * google_compute_subnetwork: ranges apart from all others of the network, growing in place, and not
 * taken away from clusters.
 */
export const subnetwork: ResourceModel = {
  create(scene: Scene, planned: ObjectValue): ObjectValue {
    const { transaction, place } = scene;
    const asked = new Asked(planned);
    const name = asked.text("name");
    const id = subnetworkPath.of({ project: place.owner, region: place.region, name });
    if (subnetworkOf(transaction, id)) throw alreadyExists(id);
    const made: Subnetwork = {
      id,
      project: place.owner,
      region: place.region,
      name,
      network: networkNamed(transaction, place, asked.text("network")).id,
      ...primaryRange(scene, asked),
      secondary: asked.blocks("secondary_ip_range").map((block, i) => secondaryRange(scene, block, i)),
    };
    put(scene, undefined, made);
    return subnetworkState(made, planned);
  },
  update(scene: Scene, prior: ObjectValue, planned: ObjectValue): ObjectValue {
    const { transaction } = scene;
    const before = subnetworkOf(transaction, String(prior["id"]));
    if (!before) throw missing(String(prior["id"]));
    const cidr = new Asked(planned).text("ip_cidr_range") || before.cidr;
    if (!Prefix.parse(cidr, 4).contains(Prefix.parse(before.cidr)))
      throw invalid(
        "resource.ipCidrRange",
        cidr,
        `The range must contain the existing range ${before.cidr}.`,
      );
    const after = { ...before, cidr, secondary: changedRanges(scene, before, prior, planned) };
    put(scene, before, after);
    return subnetworkState(after, planned);
  },
  delete({ transaction }: Scene, state: ObjectValue): void {
    const found = subnetworkOf(transaction, String(state["id"]));
    if (!found) return;
    const user = poolsOn(transaction, found.id)[0] ?? clustersOn(transaction, found.id)[0];
    if (user) throw inUse("subnetwork", found.id, user.id);
    removeSubnetwork(transaction, found.id);
  },
  read({ transaction }: Scene, state: ObjectValue): ObjectValue | null {
    const found = subnetworkOf(transaction, String(state["id"]));
    return found ? subnetworkState(found, state) : null;
  },
  find({ transaction, subject, place }: Scene, id: string): ObjectValue | undefined {
    const region = typeof subject.settings.region === "string" ? subject.settings.region : "";
    const values = subnetworkPath.read(id, { project: place.owner, region });
    const found = values && subnetworkOf(transaction, subnetworkPath.of(values));
    if (!found) return undefined;
    const { project, name, network } = found;
    return { id: found.id, project, region: found.region, name, network, ...subnetworkState(found, {}) };
  },
};

/** A change by Terraform or by GKE. @throws ServiceError */
export function put(
  { transaction, quotas }: Pick<Scene, "transaction" | "quotas">,
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

function primaryRange(scene: Scene, asked: Asked): Pick<Subnetwork, "cidr" | "reserved"> {
  return rangeAsked(scene, asked, "resource");
}

function secondaryRange(scene: Scene, block: Asked, index: number): SecondaryRange {
  const field = `resource.secondaryIpRanges[${index}]`;
  const name = block.text("range_name");
  if (name === "") throw required(`${field}.rangeName`);
  return { name, ...rangeAsked(scene, block, field) };
}

/** A range that is not said is the whole internal range it is taken from. */
function rangeAsked(
  { transaction, place }: Scene,
  asked: Asked,
  field: string,
): { readonly cidr: string; readonly reserved?: string | undefined } {
  const text = asked.text("reserved_internal_range");
  const values = text === "" ? undefined : internalRangePath.read(text, { project: place.owner });
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
  scene: Scene,
  before: Subnetwork,
  prior: ObjectValue,
  planned: ObjectValue,
): readonly SecondaryRange[] {
  const names = (state: ObjectValue) =>
    new Asked(state).blocks("secondary_ip_range").map((block) => block.text("range_name"));
  const wanted = new Asked(planned).blocks("secondary_ip_range");
  const dropped = names(prior).filter((name) => !names(planned).includes(name));
  const changed = before.secondary
    .filter(({ name }) => !dropped.includes(name))
    .map((old) => {
      const index = wanted.findIndex((block) => block.text("range_name") === old.name);
      return index < 0 ? old : { ...old, ...secondaryRange(scene, wanted[index]!, index) };
    });
  const added = wanted
    .map((block, i) => secondaryRange(scene, block, i))
    .filter(({ name }) => !before.secondary.some((old) => old.name === name));
  return [...changed, ...added];
}

/** What Terraform is told: the ranges that it knows as it knows them, then the others. */
export function subnetworkState(found: Subnetwork, known: ObjectValue): ObjectValue {
  const blocks = new Asked(known).objects("secondary_ip_range");
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
