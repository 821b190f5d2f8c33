import { resourceCidrs } from "../policy/resource-cidr";
import { isRecord, SENSITIVE, UNKNOWN } from "../terraform/masked-value";
import { type PlannedResource } from "../terraform/planned-resource";
import { type Action } from "../terraform/stack-plan";

/** A resource that occupies a block: what a plan knows about who uses the addresses, and where. */
export interface Occupant {
  /** IPv4 CIDR. */
  readonly cidr: string;
  readonly stack: string;
  /** Terraform address. */
  readonly address: string;
  readonly action: Action;
  /** AWS account or Google Cloud project. @default not known before the apply */
  readonly account?: string;
  /** Ids in the cloud, such as those of a subnet and its VPC. Empty before the first apply. */
  readonly ids: readonly string[];
}

type Values = Readonly<Record<string, unknown>>;

/** The resources that occupy addresses before or after a change, including unchanged ones. */
export function occupants(resources: readonly PlannedResource[]): Occupant[] {
  return [
    ...resourceCidrs(resources),
    ...resourceCidrs(
      resources.filter(({ after }) => after === undefined),
      "before",
    ),
  ].map(({ resource, cidr }) => {
    const values = resource.after ?? resource.before ?? {};
    const account = known(values["owner_id"]) ?? known(values["project"]) ?? resource.account;
    return {
      ...{ cidr, stack: resource.stack, address: resource.address, action: resource.action },
      ...(account === undefined ? {} : { account }),
      ids: idsOf(resource, values),
    };
  });
}

function idsOf({ type, before }: PlannedResource, values: Values): string[] {
  // Before the first apply there is nothing in the cloud that has an id.
  if (!isRecord(before)) return [];
  const names = type.startsWith("google_") ? ["network"] : ["id", "vpc_id", "ipam_pool_id"];
  const ids = names.flatMap((name) => known(values[name]) ?? []);
  return [...new Set(ids.map((id) => id.slice(id.lastIndexOf("/") + 1)))];
}

/** A text that is neither absent, secret nor unknown. */
const known = (value: unknown) =>
  typeof value === "string" && !["", SENSITIVE, UNKNOWN].includes(value) ? value : undefined;
