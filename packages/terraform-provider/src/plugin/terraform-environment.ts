import { devNull } from "node:os";

const registries = ["registry.terraform.io", "registry.opentofu.org"];

/**
 * Environment in which Terraform, OpenTofu and the cdktf CLI use running providers, as go-plugin's reattach configuration.
 *
 * @param sockets Unix sockets of the providers, by their names in the namespace `hashicorp`
 */
export function terraformEnvironment(
  sockets: Readonly<Record<string, string>>,
): Readonly<Record<string, string>> {
  const running = registries.flatMap((registry) =>
    Object.entries(sockets).map(([name, socket]) => [
      `${registry}/hashicorp/${name}`,
      {
        Protocol: "grpc",
        ProtocolVersion: 5,
        Pid: process.pid,
        Test: true,
        Addr: { Network: "unix", String: socket },
      },
    ]),
  );
  return {
    TF_REATTACH_PROVIDERS: JSON.stringify(Object.fromEntries(running)),
    // The user's CLI configuration may contain mirrors and credentials that are not needed here.
    TF_CLI_CONFIG_FILE: devNull,
    CHECKPOINT_DISABLE: "1",
  };
}
