import { AddressPlan } from "@cluster-ipam/address-plan";
import { BlueprintApp, main } from "@cluster-ipam/blueprint-core";
import { readEnvironment } from "./environment";
import { composeNetwork } from "./network";

main(() => {
  const addresses = AddressPlan.load();
  const environment = readEnvironment(process.env, addresses.awsPools());
  const app = new BlueprintApp({ backend: environment.backend });
  composeNetwork(app, addresses, environment);
  app.synth();
});
