import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { BlueprintApp, BlueprintStack } from "@cluster-ipam/blueprint-core";
import { DefaultTokenResolver, StringConcat, type TerraformStack, Testing, Tokenization } from "cdktf";

/** A resource or data source as Terraform reads it. */
export type Block = Record<string, unknown>;

const outdir = mkdtempSync(join(tmpdir(), "ipam-"));
afterAll(() => rmSync(outdir, { recursive: true }));

/** A stack named `network`; its app's output folder is removed after the test file. */
export function newStack(): BlueprintStack {
  const app = new BlueprintApp({ backend: { type: "local" }, outdir });
  Testing.enableFutureFlags(app);
  return new BlueprintStack(app, "network");
}

/** Synthesizes a stack named `network` and returns its blocks by type and name. */
export function synth(compose: (stack: TerraformStack) => void): Synthesized {
  const stack = newStack();
  compose(stack);
  const { resource, data } = JSON.parse(Testing.synth(stack)) as Record<
    string,
    Record<string, Record<string, Block>> | undefined
  >;
  return { resource: resource ?? {}, data: data ?? {} };
}

interface Synthesized {
  readonly resource: Readonly<Record<string, Readonly<Record<string, Block>>>>;
  readonly data: Readonly<Record<string, Readonly<Record<string, Block>>>>;
}

/** The blocks of a type with the given attributes, each as [name, block]. */
export function find(
  blocks: Synthesized["resource"],
  type: string,
  attributes: Block = {},
): [string, Block][] {
  return Object.entries(blocks[type] ?? {}).filter(([, block]) =>
    Object.entries(attributes).every(([key, value]) => JSON.stringify(block[key]) === JSON.stringify(value)),
  );
}

/** The only block of a type with the given attributes. */
export function one(blocks: Synthesized["resource"], type: string, attributes?: Block): [string, Block] {
  const found = find(blocks, type, attributes);
  expect(found).toHaveLength(1);
  return found[0]!;
}

/** A token as Terraform reads it: `${aws_vpc.x.id}`. */
export function resolve(scope: TerraformStack, value: unknown): unknown {
  return Tokenization.resolve(value, {
    scope,
    resolver: new DefaultTokenResolver(new StringConcat()),
    preparing: false,
  });
}
