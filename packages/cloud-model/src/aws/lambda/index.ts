export { findFunction } from "./function";
export {
  addPermission,
  createFunction,
  deleteFunction,
  getFunction,
  removePermission,
  updateFunctionConfiguration,
} from "./function-operations";
