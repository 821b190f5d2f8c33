import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type PluginServer, servePlugin } from "./plugin/plugin-server";
import { SandboxProvider } from "./provider/sandbox-provider";
import { installedBindings, type ProviderName } from "./schema/bindings";
import { Catalogue, deriveSchema } from "./schema/catalogue";

const providers: readonly ProviderName[] = ["aws", "google", "kubernetes"];

/** A running sandbox. */
export interface Sandbox {
  /** Environment that makes Terraform, OpenTofu and the cdktf CLI use the sandbox. */
  readonly env: Readonly<Record<string, string>>;
  /** Ends the providers and removes their sockets. */
  stop(): Promise<void>;
}

/** Serves the three providers to Terraform on this machine: no account, no network, no registry. */
export async function startSandbox(): Promise<Sandbox> {
  const folder = await mkdtemp(join(tmpdir(), "sbx-"));
  const servers: (readonly [ProviderName, PluginServer])[] = await Promise.all(
    providers.map(async (name) => {
      const catalogue = new Catalogue(name, deriveSchema(name, installedBindings(name)));
      return [name, await servePlugin(join(folder, name), () => new SandboxProvider(catalogue))] as const;
    }),
  );
  return {
    env: { TF_REATTACH_PROVIDERS: reattach(servers), CHECKPOINT_DISABLE: "1" },
    async stop() {
      await Promise.all(servers.map(([, server]) => server.close()));
      await rm(folder, { recursive: true, force: true });
    },
  };
}

const registries = ["registry.terraform.io", "registry.opentofu.org"];

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
