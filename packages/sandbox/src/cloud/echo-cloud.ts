import { DiagnosticError } from "../plugin/diagnostic";
import { isObject, type ObjectValue, unknown } from "../plugin/value";
import { type Cloud, type Subject } from "./cloud";
import { fill, type Place, type Templates } from "./fill";
import { canonical, Fingerprint } from "./fingerprint";
import { answer } from "./queries";
import { awsTemplates } from "./templates/aws";
import { googleTemplates } from "./templates/google";
import { kubernetesTemplates } from "./templates/kubernetes";

const templates = { ...awsTemplates, ...googleTemplates, ...kubernetesTemplates };

// For types outside the overlay: references to them resolve, but the form of an id is not the service's.
const byConvention: Templates = {
  id: "sandbox-{hex:17}",
  arn: "arn:{partition}:sandbox:{region}:{account}:{id}",
  self_link: "https://www.googleapis.com/sandbox/{id}",
  project: "{project}",
  region: "{region}",
};

// Members that a pool or the service would allocate; making one up would look like an allocation.
const allocated: { readonly [type: string]: readonly { member: string; from?: string }[] } = {
  aws_vpc: [{ member: "cidr_block" }],
  aws_vpc_ipv4_cidr_block_association: [{ member: "cidr_block" }],
  aws_vpc_ipam_pool_cidr: [{ member: "cidr" }],
  aws_vpc_ipam_pool_cidr_allocation: [{ member: "cidr" }],
  aws_subnet: [
    { member: "cidr_block", from: "ipv4_ipam_pool_id" },
    { member: "ipv6_cidr_block", from: "ipv6_ipam_pool_id" },
  ],
  google_compute_subnetwork: [{ member: "ip_cidr_range" }],
  google_network_connectivity_internal_range: [{ member: "ip_cidr_range" }],
};

/**
 * A cloud without memory of its own: a resource is what was planned, with identifiers derived from it,
 * and reading returns the state that Terraform holds. It proves plans, not deployments: nothing is
 * checked against other resources and no address is allocated.
 */
export class EchoCloud implements Cloud {
  /** How many resources were made from the same plan: each gets other identifiers. */
  private readonly twins = new Map<string, number>();

  async create(subject: Subject, planned: ObjectValue): Promise<ObjectValue> {
    const seed = `${subject.type} ${canonical(planned)}`;
    const twin = this.twins.get(seed) ?? 0;
    this.twins.set(seed, twin + 1);
    return this.complete(subject, planned, new Fingerprint(`${seed} ${twin}`));
  }

  async update(subject: Subject, prior: ObjectValue, planned: ObjectValue): Promise<ObjectValue> {
    const counted = { ...planned };
    if (planned["latest_version"] === unknown)
      counted["latest_version"] = Number(prior["latest_version"]) + 1;
    if (planned["default_version"] === unknown)
      counted["default_version"] = counted["latest_version"] ?? null;
    return this.complete(subject, counted, new Fingerprint(`${subject.type} ${canonical(planned)}`));
  }

  async delete(): Promise<void> {}

  async read(_subject: Subject, state: ObjectValue): Promise<ObjectValue> {
    return state;
  }

  async import({ type }: Subject, id: string): Promise<ObjectValue> {
    throw new DiagnosticError({
      summary: "Cannot import non-existent remote object",
      detail: `The sandbox keeps no resources of its own, so there is no ${type} "${id}" to import. Import against the real provider.`,
    });
  }

  async query(subject: Subject, config: ObjectValue): Promise<ObjectValue> {
    return answer(subject, config);
  }

  private complete(subject: Subject, planned: ObjectValue, fingerprint: Fingerprint): ObjectValue {
    refuseAllocation(subject, planned);
    const place: Place = { settings: subject.settings, fingerprint };
    return fill(subject.block, withPrefix(withTags(planned)), templates[subject.type] ?? byConvention, place);
  }
}

function refuseAllocation({ type }: Subject, planned: ObjectValue): void {
  for (const { member, from } of allocated[type] ?? [])
    if (planned[member] === unknown && (from === undefined || (planned[from] ?? null) !== null))
      throw new DiagnosticError({
        summary: `The sandbox does not allocate addresses`,
        detail: `${type}.${member} would be chosen by the cloud. It can be planned here, but to apply it set ${member}.`,
        path: [member],
      });
}

/** A name without prefix is generated behind "terraform-", as the providers do. */
function withPrefix(planned: ObjectValue): ObjectValue {
  if (planned["name_prefix"] !== unknown) return planned;
  return { ...planned, name_prefix: planned["name"] === unknown ? "terraform-" : "" };
}

/** Tags that became known in the apply. */
function withTags(planned: ObjectValue): ObjectValue {
  if (planned["tags_all"] !== unknown) return planned;
  const tags = planned["tags"] ?? null;
  return { ...planned, tags_all: isObject(tags) ? tags : {} };
}
