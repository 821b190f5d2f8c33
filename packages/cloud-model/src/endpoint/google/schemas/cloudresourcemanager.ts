// Written by tools/google-schemas.mjs from Google's discovery document of cloudresourcemanager v1, revision 20251103.

/** The schemas of cloudresourcemanager's request bodies: see `Schemas`. */
export const cloudresourcemanagerSchemas = {
  AuditConfig: "auditLogConfigs:[@AuditLogConfig service:s",
  AuditLogConfig: "exemptedMembers:[s logType:eLOG_TYPE_UNSPECIFIED|ADMIN_READ|DATA_WRITE|DATA_READ",
  Binding: "condition:@Expr members:[s role:s",
  Expr: "description:s expression:s location:s title:s",
  GetIamPolicyRequest: "options:@GetPolicyOptions",
  GetPolicyOptions: "requestedPolicyVersion:i",
  Policy: "auditConfigs:[@AuditConfig bindings:[@Binding etag:s version:i",
  SetIamPolicyRequest: "policy:@Policy updateMask:s",
  TestIamPermissionsRequest: "permissions:[s",
};
