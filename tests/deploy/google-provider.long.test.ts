import { mkdtempSync, realpathSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type GoogleEndpoint, startGoogleEndpoint } from "@cluster-ipam/cloud-model/endpoint";
import { synthesize } from "../plan/synthesis";
import { realTerraform, withRealProvider } from "./real-terraform";

/** The stacks of Google alone, in the order in which they are deployed. */
const stacks = ["dev/dev-search-network", "prod/prod-search-network", "dev/dev-search", "prod/prod-search"];

let folder: string;
let endpoint: GoogleEndpoint;

beforeAll(async () => {
  folder = mkdtempSync(join(realpathSync(tmpdir()), "google-provider-"));
  endpoint = await startGoogleEndpoint();
});
afterAll(async () => {
  await endpoint.stop();
  rmSync(folder, { recursive: true, force: true });
});

/** Runs Terraform in a stack with the real provider. @returns what it prints */
function real(stack: string, ...args: readonly string[]): Promise<string> {
  const [environment = "", name = ""] = stack.split("/");
  const unset = { GOOGLE_APPLICATION_CREDENTIALS: undefined, GOOGLE_CREDENTIALS: undefined };
  return realTerraform(
    join(folder, environment, "cdktf.out/stacks", name),
    { ...endpoint.env, ...unset },
    ...args,
  );
}

withRealProvider(
  "google",
  "hashicorp/google deploys, replans empty and destroys every Google stack at the endpoint",
  async () => {
    synthesize("dev", join(folder, "dev/cdktf.out"), { output: "hcl" });
    synthesize("prod", join(folder, "prod/cdktf.out"), {
      output: "hcl",
      prod: { deletionProtection: false },
    });
    for (const stack of stacks) {
      await real(stack, "init");
      expect(await real(stack, "apply", "-auto-approve")).toContain("Apply complete!");
      expect(await real(stack, "plan")).toContain(
        "No changes. Your infrastructure matches the configuration.",
      );
    }
    for (const stack of [...stacks].reverse())
      expect(await real(stack, "destroy", "-auto-approve")).toContain("Destroy complete!");
    for (const project of ["example-dev", "example-prod"])
      for (const path of ["global/networks", "aggregated/subnetworks", "global/firewalls"])
        expect(await names(`compute/v1/projects/${project}/${path}`)).toEqual([]);
  },
);

/** The names in a list of Compute Engine. */
async function names(path: string): Promise<readonly string[]> {
  const response = await fetch(`${endpoint.url}/${path}`, { headers: { authorization: "Bearer sandbox" } });
  return [
    ...(await response.text()).matchAll(/"selfLink": "[^"]*\/(?:networks|subnetworks|firewalls)\/([^"]+)"/g),
  ].map(([, name]) => name!);
}
