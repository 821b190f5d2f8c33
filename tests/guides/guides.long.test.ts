import { mkdirSync, writeFileSync } from "node:fs";
import { startSandbox } from "@cluster-ipam/sandbox";
import { Checkout } from "../checkout";
import { describedCluster, describedNodeGroup } from "../landscape/eks-answers";
import { ForeignAws } from "../landscape/foreign-aws";
import { follow } from "./guide";

jest.setTimeout(900_000);

let checkout: Checkout;
beforeEach(async () => (checkout = await Checkout.make()));
afterEach(() => checkout.remove());

test.each([
  "add-a-cluster.md",
  "grow-a-cluster.md",
  "grow-the-plan.md",
  "merge.md",
  "rename-a-cluster.md",
  "retire-a-cluster.md",
  "growth-space.md",
  "accounts.md",
  "ipv6.md",
  "nodes.md",
  "escape-hatch.md",
  "auto-ipam.md",
  "recovery.md",
  "reality.md",
])("%s", (page) => follow(page, checkout));

test("import.md", async () => {
  await existingNetwork();
  await follow("import.md", checkout);
});

/** A VPC with custom networking that someone made in dev's account, and the export of its cluster. */
async function existingNetwork(): Promise<void> {
  const sandbox = await startSandbox({ folders: [], state: checkout.path(".sandbox") });
  const place = { account: "222222222222", region: "eu-west-1" };
  const each = (name: string, cidrs: readonly [string, string]) =>
    cidrs.map((cidr, index) => ({ cidr, zone: `eu-west-1${"ab"[index]}`, name: `${name}-${index}` }));
  try {
    const { id, subnets } = await ForeignAws.at(sandbox.env["AWS_ENDPOINT_URL_EC2"]!).vpc(
      place,
      "legacy",
      ["10.37.0.0/22", "100.126.0.0/16"],
      [
        ...each("private", ["10.37.0.0/24", "10.37.1.0/24"]),
        ...each("pods", ["100.126.0.0/17", "100.126.128.0/17"]),
      ],
      { environment: "dev" },
    );
    const nodes = [subnets["private-0"]!, subnets["private-1"]!];
    mkdirSync(checkout.path("exports"));
    const exports = {
      cluster: describedCluster(place, "legacy", id, nodes),
      nodegroup: describedNodeGroup(place, "legacy", nodes, 20),
    };
    for (const [name, answer] of Object.entries(exports))
      writeFileSync(checkout.path("exports", `${name}.json`), JSON.stringify(answer));
  } finally {
    await sandbox.stop();
  }
}
