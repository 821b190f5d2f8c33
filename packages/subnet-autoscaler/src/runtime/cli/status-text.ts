import { type AutoscalerConfig } from "./config";
import { changeId, type Decision } from "./decision";
import { type Drained } from "./drain";
import { type Observation } from "./observation";
import { type ZoneView, zoneView } from "./zone-view";

/** Columns of a terminal that nobody made wider. */
const WIDTH = 80;

/** What the autoscaler sees, for people: at most 80 columns. */
export function statusText(observation: Observation, config: AutoscalerConfig): readonly string[] {
  const { cni } = observation;
  const zones = observation.zones.map((zone) => zoneView(observation, zone, config.policy));
  const switches = [
    `prefix delegation ${cni.prefixDelegation ? "on" : "off"}`,
    `subnet discovery ${cni.subnetDiscovery ? "on" : "off"}`,
    ...(cni.customNetworking ? ["custom networking on"] : []),
  ];
  return [
    ...wrap(`${config.cluster} in ${config.vpcId}, mode ${config.mode}`),
    ...wrap(`VPC CNI ${cni.version}: ${switches.join(", ")}`),
    "",
    ...table([
      ["ZONE", "FREE /28", "WANTED", "ADDRESSES", "FRAGMENTED", "EXHAUSTED IN"],
      ...zones.map(zoneRow),
    ]),
    "",
    ...growthTable(zones),
  ];
}

function zoneRow(zone: ZoneView): readonly string[] {
  const minutes = zone.minutesToExhaustion;
  return [
    zone.zone,
    String(zone.freePrefixes),
    String(zone.wantedPrefixes),
    String(zone.availableAddresses),
    `${Math.round(zone.fragmentation * 100)} %`,
    Number.isFinite(minutes) ? `${Math.floor(minutes)} min` : "-",
  ];
}

function growthTable(zones: readonly ZoneView[]): readonly string[] {
  const rows = zones.flatMap(({ ownSubnets }) =>
    ownSubnets.map(({ id, cidr, recorded, freePrefixes, interfaces }) => [
      id,
      cidr,
      recorded.state,
      String(freePrefixes),
      String(interfaces),
    ]),
  );
  if (rows.length === 0) return ["no growth subnets"];
  return table([["GROWTH SUBNET", "CIDR", "STATE", "FREE /28", "INTERFACES"], ...rows]);
}

/** What a run would do, for people: at most 80 columns. */
export function planText(decisions: readonly Decision[]): readonly string[] {
  if (decisions.length === 0) return ["nothing to do"];
  return decisions.flatMap((decision) =>
    decision.action === "none"
      ? [`! ${decision.cause}`, ...indent(`${decision.reason}.`), ...indent(`Fix: ${decision.advice}.`)]
      : [
          `${sign(decision.action)} ${changeId(decision)}`,
          ...indent(`${decision.cause}: ${decision.reason}.`),
        ],
  );
}

function sign(action: Exclude<Decision["action"], "none">): string {
  if (action === "create" || action === "attach-cidr") return "+";
  return action === "delete" || action === "detach-cidr" ? "-" : "~";
}

/** What a drain did, for people: at most 80 columns. */
export function drainText({ deleted, inUse, detached, attached }: Drained): readonly string[] {
  const lines = [
    ...deleted.map(({ id, cidr }) => `- ${id}  ${cidr}  deleted`),
    ...detached.map((cidr) => `- ${cidr}  disassociated`),
    ...inUse.map(
      ({ subnet, interfaces }) => `! ${subnet.id}  ${subnet.cidr}  closed, ${interfaces} interfaces left`,
    ),
    ...attached.map((cidr) => `! ${cidr}  still holds a subnet`),
  ];
  if (lines.length === 0) return ["nothing to drain"];
  return inUse.length + attached.length === 0
    ? lines
    : [...lines, ...wrap("Delete the nodes, then drain again: interfaces go with their nodes.")];
}

function table(rows: readonly (readonly string[])[]): readonly string[] {
  const widths = rows[0]!.map((_, column) => Math.max(...rows.map((row) => row[column]!.length)));
  return rows.map((row) =>
    row
      .map((cell, column) => cell.padEnd(widths[column]!))
      .join("  ")
      .trimEnd(),
  );
}

function indent(text: string): readonly string[] {
  return wrap(text, WIDTH - 4).map((line) => `    ${line}`);
}

function wrap(text: string, width = WIDTH): readonly string[] {
  const lines: string[] = [];
  for (const word of text.split(" ")) {
    const line = lines.at(-1);
    if (line !== undefined && line.length + 1 + word.length <= width)
      lines[lines.length - 1] = `${line} ${word}`;
    else lines.push(word);
  }
  return lines;
}
