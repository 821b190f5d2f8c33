// First: it has to stand before cdktf is loaded.
import "./startup/lazy-archiver";
import "./startup/creation-stacks";
export type { Backend } from "./app/backend";
export { BlueprintApp, type BlueprintAppProps } from "./app/blueprint-app";
export { BlueprintStack, type BlueprintStackProps } from "./app/blueprint-stack";
export { main } from "./app/main";
export { type NamedResource, resourceName } from "./input/names";
export { type ProviderName, providerVersions, type VersionRange } from "./app/provider-versions";
export { standardTags, type StandardTagsProps } from "./input/tags";
export { ValidationError } from "./input/validation-error";
export { awsAccountId, backendAddress, googleProject, readVariables } from "./environment/variables";
export { warn } from "./input/warning";
