import { AddressPlan } from "@cluster-ipam/address-plan";
import { BlueprintApp, main } from "@cluster-ipam/blueprint-core";
import { composeProd } from "./prod";
import { readEnvironment } from "./environment";

main(() => {
  const environment = readEnvironment(process.env);
  const app = new BlueprintApp({ backend: environment.backend });
  composeProd(app, AddressPlan.load(), environment);
  app.synth();
});
