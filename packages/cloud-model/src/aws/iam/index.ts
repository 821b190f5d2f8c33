export { findRole } from "./documents/role";
export { createRole, deleteRole, updateAssumeRolePolicy } from "./operations/role";
