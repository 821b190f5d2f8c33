import { type Colors } from "picocolors/types";
import { type ClusterReport } from "../../read/address-report";
import { type Cell, textTable, thousands, wrap } from "./text-table";

/** Below this headroom the report says how to get more, in percent of the demanded pods. */
const TIGHT = 20;

/** Of more clusters than this, only the tight ones say what limits them. */
const FLEET = 24;

/** What each cluster is asked to carry, what its addresses can carry, and which limit is reached first. */
export function capacityTable(clusters: readonly ClusterReport[], colors: Colors): string[] {
  const heading = ["cluster", "", "nodes", "up to", "pods", "up to", "headroom"].map((text) => ({
    text,
    paint: colors.dim,
  }));
  const rows = clusters.map((cluster) => clusterRow(cluster, colors));
  const limits = (cluster: ClusterReport) =>
    clusters.length > FLEET && !isTight(cluster) ? [] : limitLines(cluster, colors);
  const [head = "", ...lines] = textTable(
    ["left", "left", "right", "right", "right", "right", "right"],
    [heading, ...rows],
  );
  return [head, ...lines.flatMap((line, at) => [line, ...limits(clusters[at] as ClusterReport)])];
}

function clusterRow(cluster: ClusterReport, colors: Colors): Cell[] {
  const { demand, capacity } = cluster;
  return [
    { text: cluster.name, paint: colors.bold },
    { text: cluster.cloud === "aws" ? "EKS" : "GKE" },
    { text: thousands(demand.nodes) },
    { text: thousands(capacity.nodes) },
    { text: thousands(demand.pods) },
    { text: thousands(capacity.pods) },
    { text: `${thousands(headroom(cluster))} %`, paint: isTight(cluster) ? colors.yellow : colors.green },
  ];
}

function limitLines(cluster: ClusterReport, colors: Colors): string[] {
  const { name, formula, fix } = cluster.capacity.binding;
  const limit = wrap(`first limit, ${name}: ${formula}`, "    ").map(colors.dim);
  return isTight(cluster) ? [...limit, ...wrap(`for more: ${fix}`, "    ").map(colors.yellow)] : limit;
}

/** How many more pods than asked for fit, in percent, rounded down; negative if they do not fit. */
function headroom({ demand, capacity }: ClusterReport): number {
  return Math.floor(((capacity.pods - demand.pods) * 100) / demand.pods);
}

const isTight = (cluster: ClusterReport) => headroom(cluster) < TIGHT;
