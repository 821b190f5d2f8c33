import { paths, type TypeOverlay } from "../../schema/overlay";

/** Facts about projects and their members. */
export const project: Readonly<Record<string, TypeOverlay>> = {
  google_project_iam_member: {
    suppress: { project: "resource-name", member: "iam-principal" },
    checks: { forms: { member: "iam-member" } },
    forceNew: paths(`
    member project role condition condition.description condition.expression condition.title
  `),
  },
  google_project_service: {
    computed: ["project"],
    forceNew: ["project", "service"],
    added: { deletion_policy: { type: "string", optional: true, computed: true, since: "7.33.0" } },
  },
  google_service_account: {
    computed: ["project"],
    forceNew: ["account_id", "project"],
    defaults: { disabled: false },
    added: { deletion_policy: { type: "string", optional: true, computed: true, since: "7.33.0" } },
  },
};
