import { ValidationError } from "@cluster-ipam/blueprint-core";
import { awsTags } from "@cluster-ipam/blueprint-core/aws";
import { Token } from "cdktf";
import { type Construct } from "constructs";
import { changeableTagKeys, creationTagKeys } from "./iam-policy";

/** Maximum number of tags of an EC2 resource. Source: EC2 user guide, "Tag restrictions". */
const MAX_TAGS = 50;

/** Tag keys by which nodes, pods and load balancers find their subnets. */
const DISCOVERY_KEY = /^(kubernetes\.io|cni\.networking\.k8s\.aws|karpenter\.sh)\//;

type Tags = Readonly<Record<string, string>>;

/** Tags that growth subnets get in addition to the autoscaler's own. */
export interface GrowthSubnetTags {
  /** From their creation on. */
  readonly always: Tags;
  /** While they are open to pods. */
  readonly whileOpen: Tags;
}

/**
 * Checks the tags that growth subnets get in addition to the autoscaler's own.
 *
 * @throws ValidationError for tags that EC2 rejects, that the autoscaler sets itself, by which something would use a subnet that is
 * not open, or that are unknown at synth
 */
export function growthSubnetTags(
  scope: Construct,
  clusterName: string,
  { always, whileOpen }: GrowthSubnetTags,
): GrowthSubnetTags {
  const own = [...creationTagKeys(clusterName), ...changeableTagKeys(clusterName)];
  checkKeys(scope, "subnetTags", always, own);
  checkKeys(scope, "podSelectorTags", whileOpen, own);
  const twice = Object.keys(whileOpen).find((key) => key in always);
  if (twice !== undefined)
    throw new ValidationError(
      scope,
      `podSelectorTags has ${twice}, which subnetTags or the stack's tags have too, so a subnet would have it before it is open; remove it there`,
    );
  const unknown = Object.entries({ ...always, ...whileOpen }).find((entry) =>
    entry.some((part) => Token.isUnresolved(part)),
  );
  if (unknown !== undefined)
    throw new ValidationError(
      scope,
      `the tag ${unknown[0]} of growth subnets is known only after apply, but the role's policy names its key; use a literal`,
    );
  const wildcard = Object.entries(whileOpen).find(([, value]) => value === "" || value.includes("*"));
  if (wildcard !== undefined)
    throw new ValidationError(
      scope,
      `podSelectorTags has ${wildcard[0]} with the value "${wildcard[1]}", which a closed subnet could match too; use an exact value, also in the node class`,
    );
  const count = Object.keys({ ...always, ...whileOpen }).length + own.length;
  if (count > MAX_TAGS)
    throw new ValidationError(
      scope,
      `growth subnets would have ${count} tags, ${own.length} of them the autoscaler's, but EC2 allows ${MAX_TAGS}; remove ${count - MAX_TAGS}`,
    );
  return { always: awsTags(scope, always), whileOpen: awsTags(scope, whileOpen) };
}

function checkKeys(scope: Construct, name: string, tags: Tags, own: readonly string[]): void {
  const keys = Object.keys(tags);
  const taken = keys.find((key) => own.includes(key));
  if (taken !== undefined)
    throw new ValidationError(scope, `${name} has ${taken}, which the autoscaler sets itself; remove it`);
  const discovery = keys.find((key) => DISCOVERY_KEY.test(key));
  if (discovery !== undefined)
    throw new ValidationError(
      scope,
      `${name} has ${discovery}, by which nodes or load balancers would use growth subnets, which then never become empty; remove it, pods need only the tags that the autoscaler sets`,
    );
}
