export type { Backend } from "./backend";
export { BlueprintApp, type BlueprintAppProps } from "./blueprint-app";
export { BlueprintStack, type BlueprintStackProps } from "./blueprint-stack";
export { main } from "./main";
export { type ProviderName, providerVersions } from "./provider-versions";
export { ValidationError } from "./validation-error";
export { awsAccountId, backendAddress, googleProject, readVariables } from "./variables";
export { standardTags, type Ownership } from "./tags";
