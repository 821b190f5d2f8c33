import { type RecordedCase, type RecordedProvider, type RecordedState } from "./recorded-case";
import { type Difference } from "./comparison";

/** A difference that is right: the recorded release and the one that the sandbox serves are not the same. */
interface ReviewedDifference {
  /** Type, or `*` for all. */
  readonly type: string;
  /** Part of the ids of the cases. @default all of the type */
  readonly cases?: RegExp;
  /** The members. @default all */
  readonly member?: RegExp;
  readonly reason: string;
  /** Where the reason can be looked up. */
  readonly source: string;
}

interface Reviewed {
  /** What a refresh by the served release writes into a recorded state, by type; `*` for all. */
  readonly states: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
  readonly differences: readonly ReviewedDifference[];
}

const UPGRADE_GUIDE = "hashicorp/aws, version 6 upgrade guide";
const CHANGELOG = "hashicorp/aws, CHANGELOG.md";

const NOTHING: Reviewed = { states: {}, differences: [] };

/** The recorded answers are those of 5.100, and the sandbox serves 6.x. */
const aws: Reviewed = {
  states: {
    "*": { region: "eu-west-1" },
    aws_cloudwatch_log_group: { deletion_protection_enabled: false },
    aws_eks_cluster: { deletion_protection: false },
    aws_eks_pod_identity_association: { disable_session_tags: false },
    aws_nat_gateway: { availability_mode: "zonal", vpc_id: "vpc-0a1b2c3d4e5f60718" },
    aws_vpc_ipam: { metered_account: "ipam-owner" },
  },
  differences: [
    { type: "aws_eip", member: /^vpc$/, reason: "6.0 removed the argument", source: UPGRADE_GUIDE },
    {
      type: "aws_flow_log",
      member: /^log_group_name$/,
      reason: "6.0 removed the argument",
      source: UPGRADE_GUIDE,
    },
    {
      type: "aws_eks_addon",
      member: /^resolve_conflicts$/,
      reason: "6.0 removed the argument",
      source: UPGRADE_GUIDE,
    },
    {
      type: "aws_eks_addon",
      cases: /resolve_conflicts=/,
      reason: "6.0 removed the argument",
      source: UPGRADE_GUIDE,
    },
    {
      type: "aws_launch_template",
      member: /^elastic_(gpu_specifications|inference_accelerator)$/,
      reason: "6.0 removed the blocks",
      source: UPGRADE_GUIDE,
    },
    {
      type: "aws_nat_gateway",
      cases: /subnet_id-removed$/,
      member: /^\(verdict\)$/,
      reason: "regional NAT gateways have no subnet (6.24)",
      source: CHANGELOG,
    },
    {
      type: "aws_nat_gateway",
      member: /^secondary_allocation_ids$/,
      reason: "computed since regional NAT gateways (6.24)",
      source: CHANGELOG,
    },
    {
      type: "aws_nat_gateway",
      cases: /secondary_allocation_ids-removed$/,
      reason: "computed since regional NAT gateways (6.24): what exists stays",
      source: CHANGELOG,
    },
    {
      type: "aws_subnet",
      member: /^(cidr_block|ipv6_cidr_block)$/,
      reason: "computed since IPAM pools of subnets (6.29)",
      source: CHANGELOG,
    },
    {
      type: "aws_subnet",
      cases: /(cidr_block|ipv6_cidr_block)-removed/,
      reason: "computed since IPAM pools of subnets (6.29): what exists stays",
      source: CHANGELOG,
    },
    {
      type: "aws_vpc_ipam_pool_cidr",
      member: /^netmask_length$/,
      reason: "computed since 6.9: a refresh writes it",
      source: CHANGELOG,
    },
    {
      type: "aws_eks_cluster",
      cases: /remote_network_config=\{remote_pod_networks/,
      member: /^\(verdict\)$/,
      reason: "remote_node_networks is optional now",
      source: CHANGELOG,
    },
  ],
};

const reviewed: Readonly<Record<RecordedProvider, Reviewed>> = { aws, google: NOTHING, kubernetes: NOTHING };

/** A recorded state as the served release has it after a refresh. @param members those of the served schema */
export function adoptedState(
  provider: RecordedProvider,
  { type, state }: RecordedCase,
  members: ReadonlySet<string>,
): RecordedState | null {
  if (state === null) return null;
  const { states } = reviewed[provider];
  const added = Object.entries({ ...states["*"], ...states[type] }).filter(
    ([name]) => members.has(name) && !(name in state.attributes),
  );
  return { ...state, attributes: { ...state.attributes, ...Object.fromEntries(added) } };
}

/** The differences of a case without those that are right. */
export function unreviewed(
  provider: RecordedProvider,
  { id, type }: RecordedCase,
  found: readonly Difference[],
): readonly Difference[] {
  return found.filter(
    ({ member }) =>
      !reviewed[provider].differences.some(
        (one) =>
          (one.type === "*" || one.type === type) &&
          (one.cases?.test(id) ?? true) &&
          (one.member?.test(member) ?? true),
      ),
  );
}
