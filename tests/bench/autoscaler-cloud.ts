import { Store } from "@cluster-ipam/cloud-model";
import { startEndpoint } from "@cluster-ipam/cloud-model/endpoint";
import { CONFIG_VARIABLE } from "@cluster-ipam/subnet-autoscaler/runtime";
import { ACCOUNT, largeNetwork, REGION } from "./large-network";

/** Serves the large network, and tells the process that started this one the environment of the function. */
async function serve(): Promise<void> {
  const store = new Store();
  const config = await largeNetwork(store);
  const { env } = await startEndpoint({ store });
  process.send!({
    ...env,
    AWS_REGION: REGION,
    AWS_ACCESS_KEY_ID: ACCOUNT,
    [CONFIG_VARIABLE]: JSON.stringify(config),
  });
}

process.once("disconnect", () => process.exit());
void serve();
