// First: it must run before cdktf is loaded.
import "./startup/inline-source-maps";
import "./startup/lazy-archiver";
import "./startup/creation-stacks";
import "./startup/terraform-version-check";
export type { BackendOptions, StackKind } from "@cluster-ipam/address-plan/stacks";
export { BlueprintApp, type BlueprintAppProps } from "./app/blueprint-app";
export { BlueprintStack, type BlueprintStackProps } from "./app/blueprint-stack";
export { main } from "./app/main";
export type { ProviderName } from "./app/provider-versions";
export { type AppEnvironment, readAppEnvironment } from "./environment/app-environment";
export { awsAccountId, backendAddress, deletionProtection, googleProject } from "./environment/variables";
export { cidrSlug, literalCidr } from "./input/literal-cidr";
export { isReservedLabel } from "./input/labels";
export { type NamedResource, resourceName } from "./input/names";
export { standardTags, type StandardTagsOptions } from "./input/tags";
export { ValidationError } from "./input/validation-error";
export { warn } from "./input/warning";
