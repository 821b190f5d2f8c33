import { mkdirSync, mkdtempSync, rmSync, utimesSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { ReferencedTypes } from "../../src/catalogue/referenced-types";

let folder: string;
beforeEach(() => (folder = mkdtempSync(join(tmpdir(), "used-types-"))));
afterEach(() => rmSync(folder, { recursive: true, force: true }));

/** Writes a file as if a minute ago, so that what was read of it and its folder may be kept. */
function write(path: string, text: string): void {
  const file = join(folder, path);
  mkdirSync(join(file, ".."), { recursive: true });
  writeFileSync(file, text);
  const before = new Date(Date.now() - 60_000);
  for (const changed of [file, join(file, "..")]) utimesSync(changed, before, before);
}

const find = (types: ReferencedTypes) => [...types.find()].sort();

test("types are found in configurations and states, not in what Terraform or npm keeps", () => {
  write("stacks/dev/cdk.tf", 'resource "aws_vpc" "a" {}\ndata "google_project" "b" {}');
  write("stacks/dev/cdk.tf.json", '{ "resource": { "kubernetes_secret": {} } }');
  write("terraform.dev.tfstate", '{ "type": "aws_sqs_queue" }');
  write("stacks/dev/.terraform/modules/x.tf", 'resource "aws_hidden" "a" {}');
  write("node_modules/x/x.tf", 'resource "aws_hidden" "a" {}');
  write("notes.md", "aws_hidden");
  expect(find(new ReferencedTypes([folder]))).toEqual([
    "aws_sqs_queue",
    "aws_vpc",
    "google_project",
    "kubernetes_secret",
  ]);
});

test("what changes after a search is found by the next", () => {
  write("stacks/dev/cdk.tf", 'resource "aws_vpc" "a" {}');
  const types = new ReferencedTypes([folder]);
  expect(find(types)).toEqual(["aws_vpc"]);

  writeFileSync(join(folder, "stacks/dev/cdk.tf"), 'resource "aws_subnet" "a" {}');
  expect(find(types)).toEqual(["aws_subnet"]);
  // At once, within a tick of the file system's clock.
  writeFileSync(join(folder, "stacks/dev/cdk.tf"), 'resource "aws_eip" "a" {}');
  writeFileSync(join(folder, "stacks/dev/more.tf"), 'resource "aws_route" "a" {}');
  expect(find(types)).toEqual(["aws_eip", "aws_route"]);

  rmSync(join(folder, "stacks/dev"), { recursive: true });
  expect(find(types)).toEqual([]);
});

test("a folder that does not exist mentions nothing", () => {
  expect(find(new ReferencedTypes([join(folder, "none")]))).toEqual([]);
});
