// The record of an app's stacks and its backend. A synthesis loads it; it reads no state and starts no process.
export type {
  AzureBackendOptions,
  BackendOptions,
  BackendSetting,
  GcsBackendOptions,
  HttpBackendOptions,
  LocalBackendOptions,
  OtherBackendOptions,
  S3BackendOptions,
  WorkspaceBackendOptions,
} from "./backend";
export { BACKEND_FORMS, backendAddressOf, parseBackend } from "./backend-address";
export { type BackendBlock, backendBlock } from "./backend-block";
export { backendProblem } from "./backend-schema";
export { readStackRecord, type RecordedApp, recordedApps, writeStackRecord } from "./record-files";
export { parseStackRecord } from "./record-parser";
export { isRetired, retiredStacks } from "./retired-stacks";
export {
  type RecordedStack,
  type RecordedVariable,
  renderStackRecord,
  type StackConfiguration,
  type StackKind,
  type StackRecord,
  STACKS_FILE,
  type TerraformValue,
  usedVariables,
  withEmptied,
  withoutStacks,
} from "./stack-record";
export { fillVariables, resolveBackend } from "./variables";
