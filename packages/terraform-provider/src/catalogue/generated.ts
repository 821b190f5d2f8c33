import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { type Bindings, installedBindings, type ProviderName } from "../bindings/bindings";
import { type ProviderSchema } from "../schema/type-schema";
import type * as DeriveSchema from "./derive-schema";

// The build derives the schemas once and writes them next to the compiled code, so serving reads no
// bindings. Run from its sources (in tests), the package has no such folder and derives them in the process.
const folder = join(__dirname, "..", "schemas");

interface Generated {
  /** Version of the bindings the schema was derived from. */
  readonly bindings: string;
  readonly schema: ProviderSchema;
}

const derived = new Map<ProviderName, ProviderSchema>();

/** The schema of a provider: the built one while the installed bindings match it, otherwise derived now. */
export function loadSchema(provider: ProviderName): ProviderSchema {
  const bindings = installedBindings(provider);
  const generated = read(provider);
  if (generated?.bindings === bindings.version) return generated.schema;
  const schema = derived.get(provider) ?? derive(provider, bindings);
  derived.set(provider, schema);
  return schema;
}

/** Derives the schemas of the given providers and writes them next to the compiled code. */
export function writeSchemas(providers: readonly ProviderName[]): void {
  mkdirSync(folder, { recursive: true });
  for (const provider of providers) {
    const bindings = installedBindings(provider);
    const generated: Generated = { bindings: bindings.version, schema: derive(provider, bindings) };
    writeFileSync(join(folder, `${provider}.json`), JSON.stringify(generated));
  }
}

/** Loads the overlays only when needed: reading the built schema is faster. */
function derive(provider: ProviderName, bindings: Bindings): ProviderSchema {
  // eslint-disable-next-line @typescript-eslint/no-require-imports -- an import would load them always
  const { deriveSchema } = require("./derive-schema") as typeof DeriveSchema;
  return deriveSchema(provider, bindings);
}

function read(provider: ProviderName): Generated | undefined {
  try {
    return JSON.parse(readFileSync(join(folder, `${provider}.json`), "utf8")) as Generated;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return undefined;
    throw error;
  }
}
