import { type Colors } from "picocolors/types";
import { type ClusterReport } from "../../read/address-report";
import { headroomPercent, TIGHT_HEADROOM_PERCENT } from "../../review/cluster-change";
import { thousands } from "../number";
import { type Cell, textTable, wrap } from "./text-table";

/** Above this number of clusters, only tight ones show their first limit. */
const MAX_CLUSTERS_WITH_LIMITS = 24;

/** Each cluster's demand, the most its addresses can carry, and the limit it reaches first. */
export function capacityTable(clusters: readonly ClusterReport[], colors: Colors): string[] {
  const heading = ["cluster", "", "nodes", "max", "pods", "max", "headroom"].map((text) => ({
    text,
    paint: colors.dim,
  }));
  const rows = clusters.map((cluster) => clusterRow(cluster, colors));
  const limits = (cluster: ClusterReport) =>
    clusters.length > MAX_CLUSTERS_WITH_LIMITS && !isTight(cluster) ? [] : limitLines(cluster, colors);
  const [head = "", ...lines] = textTable(
    ["left", "left", "right", "right", "right", "right", "right"],
    [heading, ...rows],
  );
  return [head, ...lines.flatMap((line, index) => [line, ...limits(clusters[index] as ClusterReport)])];
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
    {
      text: `${thousands(headroomPercent(cluster))} %`,
      paint: isTight(cluster) ? colors.yellow : colors.green,
    },
  ];
}

function limitLines(cluster: ClusterReport, colors: Colors): string[] {
  const { name, formula, fix } = cluster.capacity.binding;
  const limit = wrap(`first limit, ${name}: ${formula}`, "    ").map(colors.dim);
  return isTight(cluster) ? [...limit, ...wrap(`to raise it: ${fix}`, "    ").map(colors.yellow)] : limit;
}

const isTight = (cluster: ClusterReport) => headroomPercent(cluster) < TIGHT_HEADROOM_PERCENT;
