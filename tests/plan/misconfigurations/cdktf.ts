import { BlueprintStack } from "@cluster-ipam/blueprint-core";
import { App } from "cdktf";
import { app, type Misconfigurations } from "./misconfiguration";

/** What is wrong in the way an app stands. */
export const wrongApps: Misconfigurations = {
  "state in a folder of this machine": {
    trap: "cdktf",
    wrong: () => new BlueprintStack(app({ type: "local", directory: "/var/state" }), "prod-payments"),
    error: { path: "prod-payments", value: "/var/state", fix: "use ../../../state" },
  },
  "a stack in an app without a backend": {
    trap: "cdktf",
    wrong: () => new BlueprintStack(new App({ outdir: app().outdir }), "prod-payments"),
    error: { path: "prod-payments", value: "another app", fix: "use new BlueprintApp({ backend })" },
  },
  "a provider that nobody has tried": {
    trap: "cdktf",
    wrong: () => new BlueprintStack(app(), "prod-payments").requireProvider("aws", "7.0.0"),
    error: { path: "prod-payments", value: "7.0.0", fix: "versions from 7.0.0 on are not supported" },
  },
};
