// Written by tools/google-schemas.mjs from Google's discovery document of iam v1, revision 20260724.

/** The schemas of iam's request bodies: see `Schemas`. */
export const iamSchemas = {
  AuditConfig: "auditLogConfigs:[@AuditLogConfig service:s",
  AuditLogConfig: "exemptedMembers:[s logType:eLOG_TYPE_UNSPECIFIED|ADMIN_READ|DATA_WRITE|DATA_READ",
  Binding: "condition:@Expr members:[s role:s",
  CreateServiceAccountRequest: "accountId:s serviceAccount:@ServiceAccount",
  DisableServiceAccountRequest: "",
  EnableServiceAccountRequest: "",
  Expr: "description:s expression:s location:s title:s",
  PatchServiceAccountRequest: "serviceAccount:@ServiceAccount updateMask:s",
  Policy: "auditConfigs:[@AuditConfig bindings:[@Binding etag:s version:i",
  ServiceAccount:
    "description:s disabled:- displayName:s email:- etag:s name:s oauth2ClientId:- projectId:- uniqueId:-",
  SetIamPolicyRequest: "policy:@Policy updateMask:s",
  TestIamPermissionsRequest: "permissions:[s",
};
