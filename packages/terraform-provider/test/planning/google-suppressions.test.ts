import { unconfigured } from "../../src/configuration/settings";
import { suppressions } from "../../src/planning/suppressions";
import { type ObjectValue } from "../../src/value/value";

function hides(
  rule: string,
  [prior, planned]: readonly [string, string],
  { key = "", state = {}, proposed = {} }: { key?: string; state?: ObjectValue; proposed?: ObjectValue } = {},
): boolean {
  return suppressions[rule]!(prior, planned, { key, prior: state, proposed, settings: unconfigured });
}

const link = "https://www.googleapis.com/compute/v1/projects/p/global/networks/core";

it.each([
  ["self-link", link, "projects/p/global/networks/core", true],
  ["self-link", link, "core", true],
  ["self-link", link, "projects/q/global/networks/core", false],
  ["self-link-path", link, "core", false],
  ["resource-name", "projects/p", "p", true],
  ["iam-principal", "user:A@example.com", "user:a@example.com", true],
  ["iam-principal", "principal://A", "principal://a", false],
  ["cidr-or-size", "10.0.0.0/17", "/17", true],
  ["cidr-or-size", "10.0.0.0/17", "/18", false],
  ["same-address", "fd20::/48", "fd20:0:0::/48", true],
  ["duration", "60s", "1m", true],
  ["time-of-day", "03:00", "3:00", true],
  ["default STANDARD", "", "STANDARD", true],
  ["default STANDARD", "", "ENHANCED", false],
  ["database-encryption", "ENCRYPTED", "ALL_OBJECTS_ENCRYPTION_ENABLED", true],
])("%s: %s and %s are the same: %p", (rule, prior, planned, same) => {
  expect(hides(rule, [prior, planned])).toBe(same);
});

it("leaves the private endpoint to a cluster that has a DNS endpoint alone", () => {
  const key = "private_cluster_config.0.enable_private_endpoint";
  const endpoints = (enabled: boolean): ObjectValue => ({
    control_plane_endpoints_config: [{ ip_endpoints_config: [{ enabled }] }],
    private_cluster_config: [{ enable_private_endpoint: false, enable_private_nodes: true }],
  });
  const state: ObjectValue = { private_cluster_config: [{ enable_private_endpoint: true }] };
  const [none, some] = [endpoints(false), endpoints(true)];
  expect(hides("private-cluster", ["true", "false"], { key, state, proposed: none })).toBe(true);
  expect(hides("private-cluster", ["true", "false"], { key, state, proposed: some })).toBe(false);
});

it("ignores a block that goes and was off", () => {
  const key = "secret_manager_config.#";
  const state = (enabled: boolean): ObjectValue => ({ secret_manager_config: [{ enabled }] });
  expect(hides("disabled-block", ["1", "0"], { key, state: state(false) })).toBe(true);
  expect(hides("disabled-block", ["1", "0"], { key, state: state(true) })).toBe(false);
});
