export type { Backend } from "./backend";
export {
  BlueprintApp,
  type BlueprintAppProps,
  BlueprintStack,
  type BlueprintStackProps,
} from "./blueprint-app";
export { ValidationError } from "./validation-error";
export { awsAccountId, backendAddress, googleProject, readVariables } from "./variables";
