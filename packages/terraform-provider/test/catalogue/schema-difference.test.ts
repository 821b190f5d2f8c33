import { type PrintedProvider, schemaDifferences } from "../../src/catalogue/schema-difference";
import { type ProviderSchema } from "../../src/schema/type-schema";

const type = (block: ProviderSchema["provider"]["block"]) => ({
  version: 0,
  block,
  overlaid: true,
  checks: {},
});
const empty = type({ attributes: {}, blocks: {} });

const ours: ProviderSchema = {
  provider: empty,
  resources: {
    cloud_net: type({
      attributes: {
        name: { type: "string", required: true },
        size: { type: "number", optional: true },
        shape: { type: ["list", ["object", { b: "string", a: "number" }]], computed: true },
        own: { type: "string", optional: true },
      },
      blocks: {
        rule: {
          nesting: "list",
          maxItems: 1,
          block: { attributes: { port: { type: "number", optional: true } }, blocks: {} },
        },
      },
    }),
    cloud_gone: empty,
  },
  dataSources: {},
};

const real: PrintedProvider = {
  resource_schemas: {
    cloud_net: {
      version: 2,
      block: {
        attributes: {
          name: { type: "string", required: true },
          size: { type: "string", optional: true, computed: true },
          shape: {
            computed: true,
            nested_type: {
              nesting_mode: "list",
              attributes: { a: { type: "number" }, b: { type: "string" } },
            },
          },
          newer: { type: "bool", optional: true },
        },
        block_types: {
          rule: { nesting_mode: "set", block: { attributes: { port: { type: "number", required: true } } } },
        },
      },
    },
  },
  data_source_schemas: { cloud_zone: { block: {} } },
};

test("lists where two schemas differ, in blocks as well, and what only the real one has", () => {
  const used = { resources: ["cloud_net", "cloud_gone"], dataSources: ["cloud_zone"] };
  expect(schemaDifferences(ours, real, used)).toEqual({
    contradictions: [
      "cloud_gone: only the sandbox has it",
      "cloud_net.own: only the sandbox has it",
      'cloud_net.rule.port: optional "number" in the sandbox, required "number" in the real provider',
      "cloud_net.rule: list block, 0 to 1 in the sandbox, set block, 0 to any number in the real provider",
      'cloud_net.size: optional "number" in the sandbox, optional and computed "string" in the real provider',
      "cloud_net: schema version 0 in the sandbox, 2 in the real provider",
    ],
    missing: [
      "cloud_net.newer: only the real provider has it",
      "data.cloud_zone: only the real provider has it",
    ],
  });
});

test("finds nothing between a schema and itself", () => {
  const same: PrintedProvider = { resource_schemas: { cloud_gone: { block: {} } } };
  expect(schemaDifferences(ours, same, { resources: ["cloud_gone"], dataSources: [] })).toEqual({
    contradictions: [],
    missing: [],
  });
});
