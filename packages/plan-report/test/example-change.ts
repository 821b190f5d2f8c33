import {
  AddressPlan,
  allocate,
  type ComparedLock,
  type PlanDefinitionInput,
} from "@cluster-ipam/address-plan";
import { type AddressNode, type AddressReport, addressReport } from "../src/read/address-report";
import { type ComparisonBase } from "../src/read/comparison-base";
import { type EnvironmentPlan } from "../src/read/plan-document";
import { plannedResources } from "../src/terraform/planned-resource";
import { type Review, review, type ReviewProps } from "../src/review/review";
import { DEFAULT_RULES } from "../src/policy/rules/default-rules";
import { stackPlan } from "../src/terraform/stack-plan";
import { type TerraformPlan, type TerraformResourceChange } from "../src/terraform/terraform-plan";

type Clusters = PlanDefinitionInput["clusters"];

const definition = (clusters: Clusters): PlanDefinitionInput => ({
  organisation: "example",
  spaces: { primary: "10.0.0.0/8", pods: "100.64.0.0/10" },
  reserved: [{ cidr: "10.240.0.0/12", owner: "on-premises: data centres" }],
  regions: {
    aws: { "eu-central-1": { primary: "/10", pods: "/10" } },
    google: { "europe-west3": { primary: "/10" } },
  },
  environments: {
    dev: { google: { primary: "/14", gke: "/15" } },
    prod: {
      aws: { primary: "/10", eks: "/11", pods: "/10", eksPods: "/10" },
      google: { primary: "/13", gke: "/14" },
    },
  },
  clusters,
});

/** The demand of an EKS cluster in prod. */
export const eks = (more: Partial<Clusters[string]> = {}): Clusters[string] =>
  ({
    cloud: "aws",
    environment: "prod",
    region: "eu-central-1",
    zones: ["eu-central-1a", "eu-central-1b"],
    instanceType: "m7i.xlarge",
    nodes: 10,
    pods: 400,
    growthPercent: 100,
    ...more,
  }) as Clusters[string];

/** The demand of a GKE cluster. */
export const gke = (environment: string, more: Partial<Clusters[string]> = {}): Clusters[string] =>
  ({
    cloud: "google",
    environment,
    region: "europe-west3",
    zones: ["europe-west3-a"],
    nodes: 10,
    pods: 300,
    podsPerNode: 64,
    growthPercent: 100,
    ...more,
  }) as Clusters[string];

/** The address plans before and after a change; the second continues the lock of the first. */
export function addressesOfChange(before: Clusters, after: Clusters): [AddressReport, AddressReport] {
  const [old, now] = [definition(before), definition(after)];
  const { lock } = allocate(old);
  return [
    addressReport(AddressPlan.from(old, lock)),
    addressReport(AddressPlan.from(now, allocate(now, lock).lock)),
  ];
}

/** The lock that an address plan was made from. */
export const lockOf = ({ tree }: AddressReport): ComparedLock => ({
  allocations: tree.flatMap(({ children }) => children.flatMap(entriesOf)),
});

const entriesOf = ({
  key,
  cidr,
  kind,
  state,
  children,
}: AddressNode): ComparedLock["allocations"][number][] =>
  kind === "free" || kind === "reserved"
    ? []
    : [{ key, cidr, ...(state === undefined ? {} : { state }) }, ...children.flatMap(entriesOf)];

/** A planned change to a managed resource, by default its creation. */
export const planned = (
  address: string,
  after: object | null,
  change: Partial<TerraformResourceChange["change"]> = {},
): TerraformResourceChange => ({
  address,
  mode: "managed",
  type: address.split(".")[0] ?? "",
  change: { actions: ["create"], before: null, after, ...change },
});

type Stacks = Readonly<Record<string, readonly TerraformResourceChange[]>>;

/** The plan of an environment. @param roles per stack: the cluster it serves, and whether it is retired */
export const planOf = (
  stacks: Stacks,
  roles: Readonly<Record<string, { readonly cluster?: string; readonly retired?: true }>> = {},
  environment = "prod",
): EnvironmentPlan => ({
  name: environment,
  stacks: Object.entries(stacks).map(([stack, resources]) => ({
    ...stackPlan(stack, terraformPlan(resources)),
    ...roles[stack],
    ...{ planned: true, warnings: [] },
  })),
});

const terraformPlan = (resource_changes: readonly TerraformResourceChange[]): TerraformPlan => ({
  ...{ format_version: "1.2", terraform_version: "1.11.4", resource_changes },
});

/** Reviews an environment with the given planned changes per stack. */
export function reviewOf(
  stacks: Stacks,
  addresses: AddressReport,
  more: Partial<ReviewProps> & { environment?: string } = {},
): Review {
  return review({
    plan: planOf(stacks, {}, more.environment),
    terraform: { product: "Terraform", version: "1.11.4" },
    resources: Object.entries(stacks).flatMap(([stack, resources]) =>
      plannedResources(stack, terraformPlan(resources)),
    ),
    addresses,
    lock: lockOf(addresses),
    environments: ["network", "dev", "prod"],
    rules: DEFAULT_RULES,
    acknowledgements: [],
    ...more,
  });
}

/** A comparison base with an address plan. */
export const baseOf = (addresses: AddressReport, more: Partial<ComparisonBase> = {}): ComparisonBase => ({
  name: "main",
  addresses,
  lock: lockOf(addresses),
  acknowledgements: [],
  ...more,
});

/** Findings as `rule: address: message`. */
export const findings = ({ verdict }: Review): string[] =>
  verdict.rules.flatMap(({ name, findings }) =>
    findings.map(({ address = "", message }) => `${name}: ${address}: ${message}`),
  );
