import { AddressPlan } from "@cluster-ipam/address-plan";
import { BlueprintApp } from "@cluster-ipam/blueprint-core";
import { composeDev, type DevSettings, devSettings } from "../../apps/dev/src/dev";
import { readEnvironment as readDev } from "../../apps/dev/src/environment";
import { readEnvironment as readNetwork } from "../../apps/network/src/environment";
import { composeNetwork, type NetworkSettings, networkSettings } from "../../apps/network/src/network";
import { readEnvironment as readProd } from "../../apps/prod/src/environment";
import { composeProd, type ProdSettings, prodSettings } from "../../apps/prod/src/prod";
import { type EnvironmentName } from "./planned-stacks";

/** What a test may compose differently from what the app does. */
export interface Variant {
  readonly output?: "hcl" | "json";
  /** Variables that the app reads. @default none is set */
  readonly env?: Readonly<Record<string, string>>;
  readonly network?: Partial<NetworkSettings>;
  readonly dev?: Partial<DevSettings>;
  readonly prod?: Partial<ProdSettings>;
  /** @default the repository's plan */
  readonly addresses?: AddressPlan;
  /** Composes further stacks in the environment's app. @default none */
  readonly more?: (app: BlueprintApp, addresses: AddressPlan) => void;
  /** Ids of stacks that the composition no longer has. @default none */
  readonly without?: readonly string[];
}

/** Synthesizes an environment as its app does with no variable set, or a variant of it, into `outdir`. */
export function synthesize(environment: EnvironmentName, outdir: string, variant: Variant = {}): void {
  const addresses = variant.addresses ?? AddressPlan.load({ directory: __dirname });
  const { env = {} } = variant;
  const app = new BlueprintApp({
    backend: { type: "local", directory: "../../../state" },
    outdir,
    output: variant.output,
  });
  switch (environment) {
    case "network":
      composeNetwork(app, addresses, readNetwork(env, addresses.awsPools()), {
        ...networkSettings,
        ...variant.network,
      });
      break;
    case "dev":
      composeDev(app, addresses, readDev(env), { ...devSettings, ...variant.dev });
      break;
    case "prod":
      composeProd(app, addresses, readProd(env), { ...prodSettings, ...variant.prod });
  }
  variant.more?.(app, addresses);
  for (const stack of variant.without ?? []) app.node.tryRemoveChild(stack);
  app.synth();
}
