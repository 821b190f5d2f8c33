import { join } from "node:path";
import {
  Catalogue,
  EmbeddedProvider,
  loadSchema,
  providerNames,
  ReferencedTypes,
  type ResourceApi,
  servePlugin,
  terraformEnvironment,
} from "@cluster-ipam/terraform-provider";
import { type Faults, Journal, Store } from "@cluster-ipam/cloud-model";
import {
  type Endpoint,
  type GoogleEndpoint,
  startEndpoint,
  startGoogleEndpoint,
} from "@cluster-ipam/cloud-model/endpoint";
import { ModeledCloud } from "./modeled-cloud";
import { Session } from "./resource-store/session";
import { SocketFolder } from "./socket-folder";

export interface SandboxProps {
  /**
   * Folders searched on every Terraform run for types outside the overlay.
   * @default the working directory
   */
  readonly folders?: readonly string[];
  /**
   * Folder where the cloud is saved, shared by every sandbox that uses it.
   * @default the cloud is lost when the sandbox stops
   */
  readonly state?: string;
  /**
   * Whether data sources assume that whatever they look up exists: for plans of stacks whose prerequisites are
   * not deployed.
   * @default false
   */
  readonly assumePrerequisites?: boolean;
  /**
   * Whether a resource that only Terraform's state has exists as it is there: for plans over copies of states that the
   * real providers wrote.
   * @default false
   */
  readonly assumeStates?: boolean;
  /** Injected faults, for tests. @default none */
  readonly faults?: Faults;
}

/** Running providers. Any number of Terraform runs may use them concurrently. */
export interface Providers {
  /** Environment that makes Terraform, OpenTofu and the cdktf CLI use these providers. */
  readonly env: Readonly<Record<string, string>>;
  /**
   * Stops the providers and removes their sockets.
   *
   * @param interrupted whether Terraform may have been killed before it saved its state; a later run that
   * requests the same resources then gets the existing ones. @default false
   */
  stop(interrupted?: boolean): Promise<void>;
}

/** A running sandbox. Its environment also points AWS and Google clients at it. */
export interface Sandbox extends Providers {
  /** AWS services over the same cloud, for AWS clients other than Terraform. */
  readonly endpoint: Pick<Endpoint, "url" | "events">;
  /** Google services over the same cloud, for clients of their REST APIs. */
  readonly googleEndpoint: Pick<GoogleEndpoint, "url">;
}

/**
 * Serves the AWS, Google and Kubernetes providers to Terraform on this machine: no account, network or registry.
 * The providers run in this process, so start Terraform asynchronously: `spawnSync` would wait forever.
 *
 * @throws Error when the temporary folder's path is too long for a socket, or the journal in `state` is damaged
 */
export async function startSandbox(props: SandboxProps = {}): Promise<Sandbox> {
  const store = storeOf(props);
  const cloud = cloudOf(store, props);
  const providers = await serveProviders(cloud, props.folders);
  const endpoint = await startEndpoint({ store, faults: props.faults });
  const googleEndpoint = await startGoogleEndpoint({ store, faults: props.faults });
  return {
    env: { ...endpoint.env, ...googleEndpoint.env, ...providers.env },
    endpoint,
    googleEndpoint,
    async stop(interrupted = false) {
      await Promise.all([providers.stop(), endpoint.stop(), googleEndpoint.stop()]);
      cloud.close(interrupted);
    },
  };
}

/**
 * Serves the providers in front of a resource API.
 *
 * @throws Error when the temporary folder's path is too long for a socket
 */
export async function serveProviders(
  cloud: ResourceApi,
  folders: readonly string[] = [process.cwd()],
): Promise<Providers> {
  const used = new ReferencedTypes(folders);
  const folder = await SocketFolder.create();
  const servers = await Promise.all(
    providerNames.map(async (name) => {
      const catalogue = new Catalogue(name, loadSchema(name));
      const instance = () => new EmbeddedProvider(catalogue, cloud, () => used.find());
      const socket = join(folder.path, name);
      return { name, socket, server: await servePlugin(socket, instance) };
    }),
  );
  return {
    env: terraformEnvironment(Object.fromEntries(servers.map(({ name, socket }) => [name, socket]))),
    async stop() {
      await Promise.all(servers.map(({ server }) => server.close()));
      await folder.remove();
    },
  };
}

function storeOf({ state }: SandboxProps): Store {
  const journal = state === undefined ? undefined : new Journal(state);
  journal?.tidy();
  const store = new Store({ journal });
  // Reads the journal: a damaged one is an error now, not in the middle of Terraform's first call.
  store.view(() => undefined);
  return store;
}

const cloudOf = (store: Store, { faults, assumePrerequisites, assumeStates }: SandboxProps): ModeledCloud =>
  new ModeledCloud({ store, session: new Session(), faults, assumePrerequisites, assumeStates });

/** Runs `use` with a sandbox and stops the sandbox afterwards, even on errors. */
export async function withSandbox<T>(
  use: (sandbox: Sandbox) => Promise<T>,
  props: SandboxProps = {},
): Promise<T> {
  const sandbox = await startSandbox(props);
  try {
    return await use(sandbox);
  } finally {
    await sandbox.stop();
  }
}
