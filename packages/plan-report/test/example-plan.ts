import { AddressPlan, allocate, type PlanDefinitionInput } from "@cluster-ipam/address-plan";
import { addressReport } from "../src/read/address-report";

const DEFINITION: PlanDefinitionInput = {
  organisation: "example",
  spaces: { primary: "10.0.0.0/8", pods: "100.64.0.0/10" },
  reserved: [
    { cidr: "10.0.0.0/12", owner: "on premises" },
    { cidr: "172.16.0.0/16", owner: "old data centre" },
  ],
  regions: {
    aws: { "eu-central-1": { primary: "/12", pods: "/12" } },
    google: { "europe-west3": { primary: "/12" } },
  },
  environments: {
    dev: { google: { primary: "/14", gke: "/15" } },
    prod: { aws: { primary: "/14", eks: "/16", pods: "/13", eksPods: "/13" } },
  },
  clusters: {
    "dev-search": {
      cloud: "google",
      environment: "dev",
      region: "europe-west3",
      zones: ["europe-west3-a"],
      nodes: 30,
      pods: 1900,
      podsPerNode: 64,
    },
    "prod-payments": {
      cloud: "aws",
      environment: "prod",
      region: "eu-central-1",
      zones: ["eu-central-1a", "eu-central-1b"],
      nodes: 60,
      pods: 3000,
      growthPercent: 100,
      instanceType: "m7i.xlarge",
    },
  },
};

/** A small address plan: an EKS cluster in prod with growth space, a GKE cluster in dev, and reserved ranges. */
export const ADDRESSES = addressReport(AddressPlan.from(DEFINITION, allocate(DEFINITION).lock));
