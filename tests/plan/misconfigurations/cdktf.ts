import { BlueprintStack } from "@cluster-ipam/blueprint-core";
import { DataAwsVpc } from "@cdktf/provider-aws/lib/data-aws-vpc";
import { App, TerraformOutput } from "cdktf";
import { app, type Misconfigurations } from "./misconfiguration";

/** Mistakes in an app: state, backends, provider versions, references. */
export const wrongApps: Misconfigurations = {
  "state in an absolute folder": {
    trap: "cdktf",
    wrong: () => new BlueprintStack(app({ type: "local", directory: "/var/state" }), "prod-payments"),
    error: { path: "prod-payments", value: "/var/state", fix: "use ../../../state" },
  },
  "a stack in an app without a backend": {
    trap: "cdktf",
    wrong: () => new BlueprintStack(new App({ outdir: app().outdir }), "prod-payments"),
    error: { path: "prod-payments", value: "this app is not one", fix: "use new BlueprintApp({ backend })" },
  },
  "an untested provider": {
    trap: "cdktf",
    wrong: () => new BlueprintStack(app(), "prod-payments").requireProvider("aws", "7.0.0"),
    error: {
      path: "prod-payments",
      value: "7.0.0",
      fix: "require an earlier one, or upgrade the blueprints",
    },
  },
  "a value taken from another stack": {
    trap: "cdktf",
    wrong: () => {
      const both = app();
      const vpc = new DataAwsVpc(new BlueprintStack(both, "prod-network"), "vpc");
      new TerraformOutput(new BlueprintStack(both, "prod-payments"), "vpc", { value: vpc.id });
      both.synth();
    },
    error: { path: "prod-payments", value: "prod-network", fix: "write an output down" },
  },
};
