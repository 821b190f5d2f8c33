export { findRole } from "./role";
export { createRole, deleteRole, updateAssumeRolePolicy } from "./role-operations";
