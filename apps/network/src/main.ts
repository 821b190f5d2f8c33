import { AddressPlan } from "@cluster-ipam/address-plan";
import { BlueprintApp, main } from "@cluster-ipam/blueprint-core";
import { readEnvironment } from "./environment";
import { composeNetwork } from "./network";

main(() => {
  const environment = readEnvironment(process.env);
  const app = new BlueprintApp({ backend: environment.backend });
  composeNetwork(app, AddressPlan.load(), environment);
  app.synth();
});
