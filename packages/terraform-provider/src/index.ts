export { type ProviderName, providerNames } from "./bindings/bindings";
export { Catalogue } from "./catalogue/catalogue";
export { loadSchema } from "./catalogue/generated";
export { ReferencedTypes } from "./catalogue/referenced-types";
export {
  type PrintedProvider,
  schemaDifferences,
  type SchemaDifferences,
  type ReferencedTypeNames,
} from "./catalogue/schema-difference";
export type { Settings } from "./configuration/settings";
export { protocolNumber } from "./planning/rules/aws-security";
export { type GrpcServer, serveGrpc, type UnaryCall, type UnaryCalls } from "./plugin/grpc-server";
export { servePlugin } from "./plugin/plugin-server";
export { encodedSchema } from "./plugin/schema-message";
export { terraformEnvironment } from "./plugin/terraform-environment";
export type { ResourceApi, TerraformType } from "./provider/resource-api";
export { EmbeddedProvider } from "./provider/embedded-provider";
export { type BlockSchema, type NestedSchema, typeOf } from "./schema/type-schema";
export { DiagnosticError } from "./value/diagnostic";
export { fromStateJson, toStateJson } from "./value/state-json";
export {
  type CtyType,
  Dynamic,
  isList,
  isObject,
  type ObjectValue,
  unknown,
  type Value,
} from "./value/value";
