import { type INamespace, type IType, Root, type Type } from "protobufjs/light";

// Terraform plugin protocol 5, reduced to the messages that Terraform and OpenTofu exchange with a
// provider. Written from the field numbers in hashicorp/terraform docs/plugin-protocol; protobuf skips
// fields that are not declared here, so newer clients stay compatible.

type Field = readonly [type: string, id: number, rule?: "repeated"];

const message = (fields: Record<string, Field>, nested: Record<string, IType> = {}): IType => ({
  fields: Object.fromEntries(
    Object.entries(fields).map(([name, [type, id, rule]]) => [name, { type, id, rule }]),
  ),
  nested,
});

const withMap = (type: IType, maps: Record<string, readonly [valueType: string, id: number]>): IType => ({
  ...type,
  fields: {
    ...type.fields,
    ...Object.fromEntries(
      Object.entries(maps).map(([name, [valueType, id]]) => [
        name,
        { keyType: "string", type: valueType, id } as IType["fields"][string],
      ]),
    ),
  },
});

const diagnostics: Field = ["Diagnostic", 1, "repeated"];

const schema = message(
  { version: ["int64", 1], block: ["Block", 2] },
  {
    Block: message({
      version: ["int64", 1],
      attributes: ["Attribute", 2, "repeated"],
      blockTypes: ["NestedBlock", 3, "repeated"],
      description: ["string", 4],
      deprecated: ["bool", 6],
    }),
    Attribute: message({
      name: ["string", 1],
      type: ["bytes", 2],
      description: ["string", 3],
      required: ["bool", 4],
      optional: ["bool", 5],
      computed: ["bool", 6],
      sensitive: ["bool", 7],
      deprecated: ["bool", 9],
      writeOnly: ["bool", 10],
    }),
    NestedBlock: message({
      typeName: ["string", 1],
      block: ["Block", 2],
      nesting: ["int32", 3],
      minItems: ["int64", 4],
      maxItems: ["int64", 5],
    }),
  },
);

const descriptor: INamespace = {
  nested: {
    DynamicValue: message({ msgpack: ["bytes", 1], json: ["bytes", 2] }),
    Diagnostic: message({
      severity: ["int32", 1],
      summary: ["string", 2],
      detail: ["string", 3],
      attribute: ["AttributePath", 4],
    }),
    AttributePath: message(
      { steps: ["Step", 1, "repeated"] },
      {
        Step: {
          ...message({
            attributeName: ["string", 1],
            elementKeyString: ["string", 2],
            elementKeyInt: ["int64", 3],
          }),
          oneofs: { selector: { oneof: ["attributeName", "elementKeyString", "elementKeyInt"] } },
        },
      },
    ),
    RawState: message({ json: ["bytes", 1] }),
    Schema: schema,
    ServerCapabilities: message({ planDestroy: ["bool", 1], getProviderSchemaOptional: ["bool", 2] }),
    Empty: message({}),
    SchemaResponse: withMap(
      message({
        provider: ["Schema", 1],
        diagnostics: ["Diagnostic", 4, "repeated"],
        serverCapabilities: ["ServerCapabilities", 6],
      }),
      { resourceSchemas: ["Schema", 2], dataSourceSchemas: ["Schema", 3] },
    ),
    PrepareRequest: message({ config: ["DynamicValue", 1] }),
    PrepareResponse: message({
      preparedConfig: ["DynamicValue", 1],
      diagnostics: ["Diagnostic", 2, "repeated"],
    }),
    ValidateRequest: message({ typeName: ["string", 1], config: ["DynamicValue", 2] }),
    DiagnosticsResponse: message({ diagnostics }),
    ConfigureRequest: message({ terraformVersion: ["string", 1], config: ["DynamicValue", 2] }),
    UpgradeRequest: message({ typeName: ["string", 1], version: ["int64", 2], rawState: ["RawState", 3] }),
    UpgradeResponse: message({
      upgradedState: ["DynamicValue", 1],
      diagnostics: ["Diagnostic", 2, "repeated"],
    }),
    ReadRequest: message({
      typeName: ["string", 1],
      currentState: ["DynamicValue", 2],
      private: ["bytes", 3],
    }),
    ReadResponse: message({
      newState: ["DynamicValue", 1],
      diagnostics: ["Diagnostic", 2, "repeated"],
      private: ["bytes", 3],
    }),
    PlanRequest: message({
      typeName: ["string", 1],
      priorState: ["DynamicValue", 2],
      proposedNewState: ["DynamicValue", 3],
      config: ["DynamicValue", 4],
      priorPrivate: ["bytes", 5],
    }),
    PlanResponse: message({
      plannedState: ["DynamicValue", 1],
      requiresReplace: ["AttributePath", 2, "repeated"],
      plannedPrivate: ["bytes", 3],
      diagnostics: ["Diagnostic", 4, "repeated"],
      legacyTypeSystem: ["bool", 5],
    }),
    ApplyRequest: message({
      typeName: ["string", 1],
      priorState: ["DynamicValue", 2],
      plannedState: ["DynamicValue", 3],
      config: ["DynamicValue", 4],
      plannedPrivate: ["bytes", 5],
    }),
    ApplyResponse: message({
      newState: ["DynamicValue", 1],
      private: ["bytes", 2],
      diagnostics: ["Diagnostic", 3, "repeated"],
      legacyTypeSystem: ["bool", 4],
    }),
    ImportRequest: message({ typeName: ["string", 1], id: ["string", 2] }),
    ImportedResource: message({
      typeName: ["string", 1],
      state: ["DynamicValue", 2],
      private: ["bytes", 3],
    }),
    ImportResponse: message({
      importedResources: ["ImportedResource", 1, "repeated"],
      diagnostics: ["Diagnostic", 2, "repeated"],
    }),
    DataSourceRequest: message({ typeName: ["string", 1], config: ["DynamicValue", 2] }),
    DataSourceResponse: message({
      state: ["DynamicValue", 1],
      diagnostics: ["Diagnostic", 2, "repeated"],
    }),
    StopResponse: message({ error: ["string", 1] }),
  },
};

const root = Root.fromJSON(descriptor);

/** The protocol's calls that a provider answers: wire name → request and response. */
export const calls = {
  GetSchema: ["Empty", "SchemaResponse"],
  PrepareProviderConfig: ["PrepareRequest", "PrepareResponse"],
  ValidateResourceTypeConfig: ["ValidateRequest", "DiagnosticsResponse"],
  ValidateDataSourceConfig: ["ValidateRequest", "DiagnosticsResponse"],
  UpgradeResourceState: ["UpgradeRequest", "UpgradeResponse"],
  Configure: ["ConfigureRequest", "DiagnosticsResponse"],
  ReadResource: ["ReadRequest", "ReadResponse"],
  PlanResourceChange: ["PlanRequest", "PlanResponse"],
  ApplyResourceChange: ["ApplyRequest", "ApplyResponse"],
  ImportResourceState: ["ImportRequest", "ImportResponse"],
  ReadDataSource: ["DataSourceRequest", "DataSourceResponse"],
  Stop: ["Empty", "StopResponse"],
} as const;

/** Wire name of a call. */
export type CallName = keyof typeof calls;

/** The protobuf type of a message declared in this file. */
export const messageType = (name: string): Type => root.lookupType(name);
