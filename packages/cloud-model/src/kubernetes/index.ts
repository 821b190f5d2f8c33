export type { ObjectName } from "./documents/object";
export { createObject, deleteObject, hasObject, isReachable, replaceObject } from "./operations/objects";
export { type EnvironmentPatch, patchEnvironment, patchObject } from "./operations/patches";
