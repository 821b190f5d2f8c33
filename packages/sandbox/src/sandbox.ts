import { devNull } from "node:os";
import { join } from "node:path";
import {
  Catalogue,
  type Cloud,
  loadSchema,
  type PluginServer,
  type ProviderName,
  providerNames,
  SandboxProvider,
  servePlugin,
  ReferencedTypes,
} from "@cluster-ipam/terraform-provider";
import { type Faults, Journal, Store } from "@cluster-ipam/cloud-model";
import { type Endpoint, startEndpoint } from "@cluster-ipam/cloud-model/endpoint";
import { ModelledCloud } from "./modelled-cloud";
import { Session } from "./resource-store/session";
import { SocketFolder } from "./socket-folder";

export interface SandboxProps {
  /**
   * Folders searched, at every run of Terraform, for types outside the overlay.
   * @default the working directory
   */
  readonly folders?: readonly string[];
  /**
   * Folder that keeps what stands in the cloud, shared by every sandbox that names it.
   * @default nothing is kept beyond this sandbox
   */
  readonly state?: string;
  /**
   * Whether data sources answer as if their subject stood, where it does not: for plans of stacks whose
   * prerequisites were not deployed.
   * @default false
   */
  readonly assumePrerequisites?: boolean;
  /** What goes wrong, for tests. @default nothing */
  readonly faults?: Faults;
}

/** Running providers. Any number of Terraform runs may use them, also at the same time. */
export interface Providers {
  /** Environment that makes Terraform, OpenTofu and the cdktf CLI use what runs. */
  readonly env: Readonly<Record<string, string>>;
  /**
   * Ends the providers and removes their sockets.
   *
   * @param interrupted whether Terraform may have been killed before it kept what was made; a later run
   * that asks for the same then gets what stands. @default false
   */
  stop(interrupted?: boolean): Promise<void>;
}

/** A running sandbox. Its environment makes AWS clients use it too. */
export interface Sandbox extends Providers {
  /** AWS services over what stands, for other AWS clients than Terraform. */
  readonly endpoint: Pick<Endpoint, "url" | "events">;
}

/**
 * Serves the AWS, Google and Kubernetes providers to Terraform on this machine: no account, no
 * network, no registry. The providers live in this process, so Terraform must be awaited, not run by
 * `spawnSync`.
 *
 * @throws Error when the temporary folder's path is too long for a socket
 */
export async function startSandbox(props: SandboxProps = {}): Promise<Sandbox> {
  const store = storeOf(props);
  const cloud = cloudOf(store, props);
  const providers = await serveProviders(cloud, props.folders);
  const endpoint = await startEndpoint({ store, faults: props.faults });
  return {
    env: { ...endpoint.env, ...providers.env },
    endpoint,
    async stop(interrupted = false) {
      await Promise.all([providers.stop(), endpoint.stop()]);
      cloud.close(interrupted);
    },
  };
}

/**
 * Serves the providers in front of a cloud.
 *
 * @throws Error when the temporary folder's path is too long for a socket
 */
export async function serveProviders(
  cloud: Cloud,
  folders: readonly string[] = [process.cwd()],
): Promise<Providers> {
  const used = new ReferencedTypes(folders);
  const folder = await SocketFolder.create();
  const servers = await Promise.all(
    providerNames.map(async (name) => {
      const catalogue = new Catalogue(name, loadSchema(name));
      const instance = () => new SandboxProvider(catalogue, cloud, () => used.find());
      return [name, await servePlugin(join(folder.path, name), instance)] as const;
    }),
  );
  return {
    // The user's CLI configuration names mirrors and credentials that nothing here needs.
    env: { TF_REATTACH_PROVIDERS: reattach(servers), CHECKPOINT_DISABLE: "1", TF_CLI_CONFIG_FILE: devNull },
    async stop() {
      await Promise.all(servers.map(([, server]) => server.close()));
      await folder.remove();
    },
  };
}

function storeOf({ state }: SandboxProps): Store {
  const journal = state === undefined ? undefined : new Journal(state);
  journal?.tidy();
  return new Store({ journal });
}

const cloudOf = (store: Store, { faults, assumePrerequisites }: SandboxProps): ModelledCloud =>
  new ModelledCloud({ store, session: new Session(), faults, assumePrerequisites });

/** Runs `use` with a sandbox and stops it afterwards, whatever happens. */
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

const registries = ["registry.terraform.io", "registry.opentofu.org"];

/** How Terraform finds providers that already run, in the form of go-plugin's reattach configuration. */
const reattach = (servers: readonly (readonly [ProviderName, PluginServer])[]): string =>
  JSON.stringify(
    Object.fromEntries(
      registries.flatMap((registry) =>
        servers.map(([name, { socket }]) => [
          `${registry}/hashicorp/${name}`,
          {
            Protocol: "grpc",
            ProtocolVersion: 5,
            Pid: process.pid,
            Test: true,
            Addr: { Network: "unix", String: socket },
          },
        ]),
      ),
    ),
  );
