import { AddressPlan } from "@cluster-ipam/address-plan";
import { BlueprintApp, main } from "@cluster-ipam/blueprint-core";
import { composeDev } from "./dev";
import { readEnvironment } from "./environment";

main(() => {
  const environment = readEnvironment(process.env);
  const app = new BlueprintApp({ backend: environment.backend });
  composeDev(app, AddressPlan.load(), environment);
  app.synth();
});
