export { findFunction } from "./documents/function";
export {
  addPermission,
  createFunction,
  deleteFunction,
  getFunction,
  removePermission,
  updateFunctionConfiguration,
} from "./operations/function";
