// First: it has to stand before cdktf is loaded.
import "./startup/inline-source-maps";
import "./lazy-archiver";
import "./creation-stacks";
import "./startup/terraform-version-check";
export type { Backend } from "./backend";
export { BlueprintApp, type BlueprintAppProps } from "./blueprint-app";
export { BlueprintStack, type BlueprintStackProps } from "./blueprint-stack";
export { main } from "./main";
export { type NamedResource, resourceName } from "./names";
export { type ProviderName, providerVersions, type VersionRange } from "./provider-versions";
export { standardTags, type StandardTagsProps } from "./tags";
export { ValidationError } from "./validation-error";
export { awsAccountId, backendAddress, googleProject, readVariables } from "./variables";
export { warn } from "./warning";
