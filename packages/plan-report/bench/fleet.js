// A plan with many clusters, for the bench of the page and for its tests.

const PLACES = [
  { cloud: "aws", region: "eu-central-1" },
  { cloud: "google", region: "europe-west3" },
  { cloud: "aws", region: "eu-west-1" },
  { cloud: "google", region: "europe-west4" },
];
const APPS = ["payments", "search", "mail", "billing", "catalogue", "data"];

/** @param {number} at */
const environmentOf = (at) => (Math.floor(at / PLACES.length) % 2 === 0 ? "prod" : "dev");

/** The name of a cluster. @param {number} at */
const clusterName = (at) => `${environmentOf(at)}-${APPS[at % APPS.length]}-${String(at).padStart(4, "0")}`;

/** @param {number} at */
function cluster(at) {
  const { cloud, region } = PLACES[at % PLACES.length];
  const demand = {
    ...{ cloud, region, environment: environmentOf(at) },
    ...{ nodes: 6 + (at % 5), pods: 40 + 20 * (at % 5), growthPercent: 100 },
  };
  return cloud === "aws"
    ? { ...demand, zones: ["a", "b", "c"].map((zone) => region + zone), instanceType: "m7i.xlarge" }
    : { ...demand, zones: [`${region}-a`], podsPerNode: 32 };
}

/**
 * Many clusters in two environments, and in two regions of each cloud.
 *
 * @param {number} from number of the first cluster; definitions that overlap have the same clusters
 * @param {number} to number after the last one; about 2,000 clusters fit
 */
function fleetDefinition(from, to) {
  const clusters = Array.from({ length: to - from }, (_, at) => [clusterName(from + at), cluster(from + at)]);
  const aws = { primary: "/13", eks: "/14", pods: "/12", eksPods: "/12" };
  return {
    organisation: "fleet",
    spaces: { primary: "10.0.0.0/8", pods: "100.64.0.0/10" },
    reserved: [
      { cidr: "10.240.0.0/12", owner: "on-premises: data centres" },
      { cidr: "10.239.0.0/16", owner: "on-premises: offices and VPN" },
    ],
    regions: {
      aws: {
        "eu-central-1": { primary: "/12", pods: "/11" },
        "eu-west-1": { primary: "/12", pods: "/11" },
      },
      google: { "europe-west3": { primary: "/10" }, "europe-west4": { primary: "/10" } },
    },
    environments: {
      dev: { aws, google: { primary: "/12", gke: "/12" } },
      prod: { aws, google: { primary: "/11", gke: "/11" } },
    },
    clusters: Object.fromEntries(clusters),
  };
}

exports.clusterName = clusterName;
exports.fleetDefinition = fleetDefinition;
