import { type DrainResult } from "../runtime/act/drain";
import { type AutoscalerConfig } from "../runtime/config/config";
import { decide } from "../runtime/decide/decide";
import { type Change, changeId, type Decision } from "../runtime/decide/decision";
import { withPods } from "../runtime/decide/with-pods";
import { type ZoneView, zoneView } from "../runtime/decide/zone-view";
import { type Observation } from "../runtime/observe/observation";
import { indent, table, wrap } from "./terminal-text";

/** Output of `status`: zones and growth subnets, in at most 80 columns. */
export function statusText(observation: Observation, config: AutoscalerConfig): readonly string[] {
  const { cni } = observation;
  const zones = observation.zones.map((zone) => zoneView(observation, zone, config));
  const settings = [
    `prefix delegation ${cni.prefixDelegation ? "on" : "off"}`,
    `subnet discovery ${cni.subnetDiscovery ? "on" : "off"}`,
    ...(cni.customNetworking ? ["custom networking on"] : []),
  ];
  return [
    ...wrap(`${config.cluster} in ${config.vpcId}, mode ${config.mode}`),
    ...wrap(`VPC CNI ${cni.version}: ${settings.join(", ")}`),
    "",
    ...table([
      ["ZONE", "FREE /28", "TARGET", "ADDRESSES", "FRAGMENTED", "EXHAUSTED IN"],
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
    String(zone.targetPrefixes),
    String(zone.availableAddresses),
    `${Math.round(zone.fragmentation * 100)} %`,
    Number.isFinite(minutes) ? `${Math.floor(minutes)} min` : "-",
  ];
}

function growthTable(zones: readonly ZoneView[]): readonly string[] {
  const rows = zones.flatMap(({ growthSubnets, drainingSubnets }) =>
    [...growthSubnets, ...drainingSubnets].map((subnet) => {
      const { id, cidr, recorded, freePrefixes, interfaces } = subnet;
      const state = drainingSubnets.includes(subnet) ? "draining" : recorded.state;
      return [id, cidr, state, String(freePrefixes), String(interfaces)];
    }),
  );
  if (rows.length === 0) return ["no growth subnets"];
  return table([["GROWTH SUBNET", "CIDR", "STATE", "FREE /28", "INTERFACES"], ...rows]);
}

/** Output of `plan`: the decisions of a run, in at most 80 columns. */
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

/** Output of `explain`: why the next run does what it does, and what it would do with more pods, in at most 80 columns. */
export function explainText(observation: Observation, config: AutoscalerConfig): readonly string[] {
  return [
    "With the pods of now, the next run would:",
    ...planText(decide(observation, config)),
    ...FACTORS.flatMap((factor) => [
      "",
      `With ${factor} times the pods, a run would:`,
      ...planText(decide(withPods(observation, factor), config)),
    ]),
  ];
}

/** How many times the pods of now `explain` supposes. */
const FACTORS = [2, 5] as const;

function sign(action: Change["action"]): string {
  if (action === "create" || action.startsWith("attach-")) return "+";
  return action === "delete" || action === "detach-cidr" ? "-" : "~";
}

/** Output of `drain`, in at most 80 columns. */
export function drainText({ deleted, inUse, detached, attached }: DrainResult): readonly string[] {
  const lines = [
    ...deleted.map(({ id, cidr }) => `- ${id}  ${cidr}  deleted`),
    ...detached.map((cidr) => `- ${cidr}  disassociated`),
    ...inUse.map(
      ({ subnet, interfaces }) => `! ${subnet.id}  ${subnet.cidr}  closed, interfaces left: ${interfaces}`,
    ),
    ...attached.map((cidr) => `! ${cidr}  still has a subnet`),
  ];
  if (lines.length === 0) return ["nothing to drain"];
  return inUse.length + attached.length === 0
    ? lines
    : [...lines, ...wrap("Delete the nodes, which deletes their interfaces, then drain again.")];
}
