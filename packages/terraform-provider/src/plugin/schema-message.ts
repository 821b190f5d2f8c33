import { messageType } from "./descriptor";
import { type BlockSchema, type ProviderSchema, type ResourceSchema } from "../schema/type-schema";

const nestingNumber = { single: 1, list: 2, set: 3 } as const;

/** The response to `GetSchema` for a provider, encoded. */
export function encodedSchema(schema: ProviderSchema): Uint8Array {
  return messageType("SchemaResponse").encode(schemaMessage(schema)).finish();
}

/** The response to `GetSchema` for a provider. */
export const schemaMessage = (schema: ProviderSchema): object => ({
  provider: typeMessage(schema.provider),
  resourceSchemas: mapValues(schema.resources, typeMessage),
  dataSourceSchemas: mapValues(schema.dataSources, typeMessage),
  serverCapabilities: { getProviderSchemaOptional: true },
});

const typeMessage = ({ version, block }: ResourceSchema): object => ({ version, block: blockMessage(block) });

const blockMessage = (block: BlockSchema): object => ({
  attributes: Object.entries(block.attributes).map(([name, attribute]) => ({
    name,
    type: Buffer.from(JSON.stringify(attribute.type)),
    description: sinceText(attribute.since),
    required: attribute.required ?? false,
    optional: attribute.optional ?? false,
    computed: attribute.computed ?? false,
    sensitive: attribute.sensitive ?? false,
    deprecated: attribute.deprecated ?? false,
    writeOnly: attribute.writeOnly ?? false,
  })),
  blockTypes: Object.entries(block.blocks).map(([typeName, nested]) => ({
    typeName,
    block: { ...blockMessage(nested.block), description: sinceText(nested.since) },
    nesting: nestingNumber[nested.nesting],
    minItems: nested.minItems ?? 0,
    maxItems: nested.maxItems ?? 0,
  })),
});

const sinceText = (since: string | undefined): string => (since ? `Since provider version ${since}.` : "");

const mapValues = <T, U>(record: Readonly<Record<string, T>>, map: (value: T) => U): Record<string, U> =>
  Object.fromEntries(Object.entries(record).map(([key, value]) => [key, map(value)]));
