import { createServer, request } from "node:http";
import { once } from "node:events";
import { type AddressInfo } from "node:net";
import { Store } from "@cluster-ipam/cloud-model";
import { startEndpoint } from "@cluster-ipam/cloud-model/endpoint";
import { CONFIG_VARIABLE } from "@cluster-ipam/subnet-autoscaler/runtime";
import { ACCOUNT, largeNetwork, REGION } from "./large-network";

/** A cloud of {@link serve}: its URL, and the environment of the function but for its endpoints. */
export interface ServedCloud {
  readonly env: Readonly<Record<string, string>>;
  /** URL by latency in milliseconds. */
  readonly urls: Readonly<Record<number, string>>;
}

/** Forwards requests to the endpoint, and its responses after a time. @returns its URL */
async function delayed(target: string, milliseconds: number): Promise<string> {
  const server = createServer((incoming, outgoing) => {
    const { method, url, headers } = incoming;
    const forwarded = request(new URL(url!, target), { method, headers }, (response) => {
      setTimeout(() => {
        outgoing.writeHead(response.statusCode!, response.headers);
        response.pipe(outgoing);
      }, milliseconds);
    });
    incoming.pipe(forwarded);
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

/** Serves the large network, and tells the process that started this one the environment of the function. */
async function serve(latencies: readonly number[]): Promise<void> {
  const store = new Store();
  const config = await largeNetwork(store);
  const { env, url } = await startEndpoint({ store });
  const urls: Record<number, string> = {};
  for (const latency of latencies) urls[latency] = await delayed(url, latency);
  const cloud: ServedCloud = {
    env: {
      ...env,
      AWS_REGION: REGION,
      AWS_ACCESS_KEY_ID: ACCOUNT,
      [CONFIG_VARIABLE]: JSON.stringify(config),
    },
    urls,
  };
  process.send!(cloud);
}

process.once("disconnect", () => process.exit());
void serve(process.argv.slice(2).map(Number));
