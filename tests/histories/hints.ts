import { type AddressPlanError } from "../../packages/address-plan/src/message/address-plan-error";
import { type Plan } from "./plan";

type Fix = (plan: Plan, ...groups: string[]) => boolean;

/** The fixes that refusals of the plan name. */
const FIXES: readonly (readonly [RegExp, Fix])[] = [
  [
    /\bset ([\w.-]+) to (?:at most )?(\/?[\d,]+)(?![\d.]*\/)/g,
    (plan, path, value) => set(plan, path!, value!),
  ],
  [/\badd (\d[\d.]*\/\d+) to spaces\.([\w-]+)/g, (plan, cidr, space) => plan.spaces[space!]!.push(cidr!) > 0],
  [/\bremove (\d[\d.]*\/\d+) from reserved/g, (plan, cidr) => unreserve(plan, cidr!)],
  [
    /\breserve ((?:\d[\d.]*\/\d+(?:, )?)+) instead of (\d[\d.]*\/\d+)/g,
    (plan, parts, cidr) => {
      for (const part of parts!.split(", ")) plan.reserved.push({ cidr: part, owner: `part of ${cidr!}` });
      return unreserve(plan, cidr!);
    },
  ],
];

/** The plan with the fix that a refusal names. Undefined if it names none that this function understands. */
export function applyHint(plan: Plan, { path, reason }: AddressPlanError): Plan | undefined {
  const copy = structuredClone(plan);
  const nodes = /use at least ([\d,]+) nodes/.exec(reason)?.[1];
  const cluster = /^clusters\.([\w-]+)\./.exec(path)?.[1];
  if (nodes !== undefined && cluster !== undefined)
    return set(copy, `clusters.${cluster}.nodes`, nodes) ? copy : undefined;
  if (/remove renamedFrom/.test(reason) && cluster !== undefined) {
    delete copy.clusters[cluster]!.renamedFrom;
    return copy;
  }
  const mode = /set clusters\.([\w-]+)\.vpcCidr to ([a-z-]+)/.exec(reason);
  if (mode !== null) {
    copy.clusters[mode[1]!]!.vpcCidr = mode[2]!;
    return copy;
  }
  let applied = false;
  for (const [pattern, fix] of FIXES)
    for (const [, ...groups] of reason.matchAll(pattern)) applied = fix(copy, ...groups) || applied;
  return applied ? copy : undefined;
}

function set(plan: Plan, path: string, text: string): boolean {
  const steps = path.split(".");
  const parents = steps.slice(0, -1);
  const node = parents.reduce<Record<string, unknown> | undefined>(
    (parent, step) => parent?.[step] as Record<string, unknown> | undefined,
    plan as unknown as Record<string, unknown>,
  );
  if (node === undefined) return false;
  node[steps.at(-1)!] = text.startsWith("/") ? text : Number(text.replaceAll(",", ""));
  return true;
}

function unreserve(plan: Plan, cidr: string): boolean {
  const index = plan.reserved.findIndex((range) => range.cidr === cidr);
  if (index < 0) return false;
  plan.reserved.splice(index, 1);
  return true;
}
