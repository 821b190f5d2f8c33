import { parse } from "yaml";

import { REGIONS } from "../../src";
import { type Repository } from "../example-repository";

/** A step of a path in the plan. */
type Step = string | number;
type Node = Record<Step, unknown>;

/** Where a refusal is, what its hint matched, and where to apply it. */
interface Hint {
  readonly repository: Repository;
  readonly path: readonly Step[];
  readonly match: RegExpExecArray;
  readonly reason: string;
}

/** What an organisation would write for a range that it owns. */
const OWNED = "20.0.0.0/6";

/** The hints that messages may have, and what applies each exactly as it is written. */
const GRAMMAR: readonly (readonly [RegExp, (hint: Hint) => unknown])[] = [
  [
    /restore it: git checkout HEAD -- (\S+)/,
    ({ repository, match }) => repository.git("checkout", "HEAD", "--", match[1]!),
  ],
  [
    /restore the file from version control, then run npm run addresses/,
    ({ repository }) => (
      repository.git("checkout", "HEAD", "--", "addresses.lock.json"),
      repository.update()
    ),
  ],
  [/npm run addresses -- --release (\S+)/, ({ repository, match }) => repository.update([match[1]!])],
  [/run npm run addresses/, ({ repository }) => repository.update()],
  [/(?:set|add) (?:\S+|\{.*?\}|a public range that you own) to /, setAndAdd],
  [
    /reserve ([\d./, ]+) instead of (\S+),?/,
    ({ repository, match }) => reserve(repository, match[2]!.replace(/,$/, ""), match[1]!),
  ],
  [/remove (\S+) from reserved/, ({ repository, match }) => reserve(repository, match[1]!, "")],
  [/remove (clusters\.\S+),/, ({ repository, match }) => remove(repository, match[1]!.split("."))],
  [/remove renamedFrom/, ({ repository, path }) => remove(repository, path)],
  [/remove (\S+)$/, ({ repository, path, match }) => remove(repository, [...path.slice(0, -1), match[1]!])],
  [/remove one of them/, ({ repository, path }) => remove(repository, path.slice(0, -1))],
  [/list it once/, ({ repository, path }) => remove(repository, path)],
  [
    /unknown key .*(?:did you mean|use one of) ([\w-]+)/,
    ({ repository, path, match }) => renameKey(repository, path, match[1]!),
  ],
  [/^unknown (?:aws|google) region .*(?:did you mean|use one (?:of|such as)) ([\w-]+)/, renameOrSet],
  [
    /(?:did you mean|use one of) ([\w./-]+?)[?,]/,
    ({ repository, path, match }) => set(repository, path, match[1]!),
  ],
  [/use one of ([\w./-]+)$/, ({ repository, path, match }) => set(repository, path, match[1]!)],
  [
    /use another range such as (a public range that you own|\S+)/,
    ({ repository, path, match }) => set(repository, path, valueOf(match[1]!)),
  ],
  [
    /use at least ([\d,]+) nodes/,
    ({ repository, path, match }) => set(repository, [...path.slice(0, -1), "nodes"], valueOf(match[1]!)),
  ],
  [/use (\d+) or a larger type/, ({ repository, path, match }) => set(repository, path, valueOf(match[1]!))],
  [/write (\S+)$/, ({ repository, path, match }) => set(repository, path, match[1]!)],
  [
    /(\S+)\/\d+ is too .* use \/4 to (\/24)/,
    ({ repository, path, match }) => set(repository, path, `${match[1]!}${match[2]!}`),
  ],
  [
    /whole number from ([\d,]+) to/,
    ({ repository, path, match }) => set(repository, path, valueOf(match[1]!)),
  ],
  [/such as (\/\d+)/, ({ repository, path, match }) => set(repository, path, match[1]!)],
  [
    /such as (\S+): (\S+)$/,
    ({ repository, path, match }) => set(repository, [...path, match[1]!], match[2]!),
  ],
  [
    /add one of ([\w-]+)/,
    ({ repository, path, match }) => (valueAt(repository, path) as string[]).push(match[1]!),
  ],
  [
    /list 1 to 6 zones/,
    ({ repository, path }) => set(repository, path, zonesOf(repository, path).slice(0, 1)),
  ],
  [
    /use another zone of|is not a zone of/,
    ({ repository, path }) => set(repository, path, otherZone(repository, path)),
  ],
  [/use (aws) or \w/, ({ repository, path, match }) => set(repository, path, match[1]!)],
  [
    /use another (?:ending|name)|add it under another name|from a–z/,
    ({ repository, path }) => renameKey(repository, path, "renamed"),
  ],
  [
    /is not (planned or ipam-assigned|the name of the organisation)$/,
    ({ repository, path, match }) => set(repository, path, match[1]!.split(" ")[0]),
  ],
  [
    /is not a list of zones/,
    ({ repository, path }) => set(repository, path, String(valueAt(repository, path)).split(", ")),
  ],
];

/**
 * Applies the hint of a refusal.
 *
 * @throws Error if the message has no hint that the grammar knows
 */
export async function applyHint(repository: Repository, message: string): Promise<void> {
  const plain = message.replace(/ \(and \d+ more\)$/, "").replace(/^addresses\.yaml:\d+: /, "");
  const [, where, reason] = /^(.*?): (.*)$/s.exec(plain) as unknown as [string, string, string];
  const path = where.split(".").map((step) => (/^\d+$/.test(step) ? Number(step) : step));
  for (const [pattern, apply] of GRAMMAR) {
    const match = pattern.exec(reason);
    if (match === null) continue;
    await apply({ repository, path, match, reason });
    return;
  }
  throw new Error(`no hint in: ${message}`);
}

function setAndAdd({ repository, reason }: Hint): void {
  const steps =
    /(set|add) (\S+|a public range that you own) to (spaces\.[\w-]+|\{.*?\}|a public range that you own|at most \d+|[^\s,]+)/g;
  for (const [, verb, first, second] of reason.matchAll(steps))
    if (verb === "set") set(repository, first!.split("."), valueOf(second!));
    else {
      const [, space] = second!.split(".");
      const cidrs = (repository.plan.spaces as Record<string, string | string[]>)[space!]!;
      set(repository, ["spaces", space!], [cidrs, valueOf(first!)].flat());
    }
}

function renameOrSet(hint: Hint): void {
  const { repository, path, match } = hint;
  if (path[0] === "regions") renameKey(repository, path, match[1]!);
  else set(repository, path, match[1]!);
}

/** A value as it is written in a message. */
function valueOf(text: string): unknown {
  if (text === "a public range that you own") return OWNED;
  if (/^(at most )?[\d,]+$/.test(text)) return Number(text.replace(/^at most |,/g, ""));
  return text.startsWith("{") ? (parse(text) as unknown) : text;
}

function valueAt({ plan }: Repository, path: readonly Step[]): unknown {
  return path.reduce<unknown>((node, step) => (node as Node | undefined)?.[step], plan);
}

function set(repository: Repository, path: readonly Step[], value: unknown): void {
  const parent = valueAt(repository, path.slice(0, -1)) as Node;
  const name = path.at(-1)!;
  // A list of a space with one CIDR has no index in its path.
  parent[name] = Array.isArray(parent[name]) && typeof value === "string" ? [value] : value;
}

function remove(repository: Repository, path: readonly Step[]): void {
  const parent = valueAt(repository, path.slice(0, -1)) as Node | unknown[];
  if (Array.isArray(parent)) parent.splice(path.at(-1) as number, 1);
  else delete parent[path.at(-1)!];
}

/** Renames a key, and an environment wherever clusters refer to it. */
function renameKey(repository: Repository, path: readonly Step[], name: string): void {
  const parent = valueAt(repository, path.slice(0, -1)) as Node;
  const old = path.at(-1)!;
  parent[name] = parent[old];
  delete parent[old];
  for (const cluster of Object.values(repository.plan.clusters))
    if (path[0] === "environments" && cluster.environment === old) cluster.environment = name;
}

function reserve({ plan }: Repository, old: string, parts: string): void {
  const range = plan.reserved!.find(({ cidr }) => cidr === old)!;
  const cidrs = parts.split(", ").filter((cidr) => cidr !== "");
  plan.reserved = plan.reserved!.flatMap((entry) =>
    entry === range ? cidrs.map((cidr) => ({ ...range, cidr })) : [entry],
  );
}

function zonesOf(repository: Repository, path: readonly Step[]): readonly string[] {
  const { cloud, region } = valueAt(repository, path.slice(0, 2)) as {
    cloud: "aws" | "google";
    region: string;
  };
  return REGIONS[cloud].get(region)!;
}

function otherZone(repository: Repository, path: readonly Step[]): string {
  const own = valueAt(repository, path.slice(0, -1)) as string[];
  return zonesOf(repository, path).find((zone) => !own.includes(zone))!;
}
