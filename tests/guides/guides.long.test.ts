import { execFile } from "node:child_process";
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { promisify } from "node:util";
import { Checkout } from "../checkout";
import { follow } from "./guide";

jest.setTimeout(300_000);

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
])("%s", (page) => follow(page, checkout));

test("import.md", async () => {
  const { vpc, gateway } = await existingVpc("10.224.9.0/24");
  await follow("import.md", checkout, { "vpc-0a1b2c3d4e5f60718": vpc, "igw-0a1b2c3d4e5f60718": gateway });
});

/** A VPC that someone made in dev's account, in the cloud that the commands will find. */
async function existingVpc(cidr: string): Promise<{ readonly vpc: string; readonly gateway: string }> {
  const folder = checkout.path("legacy");
  mkdirSync(folder);
  writeFileSync(
    join(folder, "main.tf"),
    `terraform {
      required_providers {
        aws = { source = "hashicorp/aws" }
      }
    }
    provider "aws" {
      region              = "eu-west-1"
      allowed_account_ids = ["222222222222"]
    }
    resource "aws_vpc" "legacy" { cidr_block = "${cidr}" }
    resource "aws_internet_gateway" "legacy" { vpc_id = aws_vpc.legacy.id }
    output "vpc" { value = aws_vpc.legacy.id }
    output "gateway" { value = aws_internet_gateway.legacy.id }`,
  );
  const terraform = (...args: readonly string[]) =>
    promisify(execFile)(
      checkout.path("node_modules/.bin/sandbox"),
      ["--", process.env["TERRAFORM_BINARY_NAME"] || "terraform", ...args],
      {
        cwd: folder,
      },
    );
  await terraform("init");
  await terraform("apply", "-auto-approve");
  const { stdout } = await terraform("output", "-json");
  const { vpc, gateway } = JSON.parse(stdout) as Record<"vpc" | "gateway", { value: string }>;
  return { vpc: vpc.value, gateway: gateway.value };
}
