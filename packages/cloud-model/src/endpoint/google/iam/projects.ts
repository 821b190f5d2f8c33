import { policyView, readPolicy } from "../documents/policy";
import { numericId } from "../documents/representation";
import { type Route } from "../rest/route";
import { cloudresourcemanagerSchemas } from "../schemas/cloudresourcemanager";
import { policyOf, putPolicy } from "./policies";

const bodyOf = (name: string) => ({ schemas: cloudresourcemanagerSchemas, name, field: "" });
const one = "v1/projects/{project}";

/** The methods of projects: every project exists. */
export const projectRoutes: readonly Route[] = [
  {
    id: "cloudresourcemanager.projects.get",
    method: "GET",
    path: one,
    answer: (_context, { names }) => ({
      projectNumber: numericId(names["project"]!).slice(0, 12),
      projectId: names["project"],
      lifecycleState: "ACTIVE",
      name: names["project"],
    }),
  },
  {
    id: "cloudresourcemanager.projects.getIamPolicy",
    ...{ method: "POST", path: `${one}:getIamPolicy`, body: bodyOf("GetIamPolicyRequest") },
    answer: (context, { names }) => policyView(policyOf(context, `projects/${names["project"]}`)),
  },
  {
    id: "cloudresourcemanager.projects.setIamPolicy",
    ...{ method: "POST", path: `${one}:setIamPolicy`, body: bodyOf("SetIamPolicyRequest") },
    answer(context, { names, body }) {
      const id = `projects/${names["project"]}`;
      return policyView(putPolicy(context, id, readPolicy(body["policy"], policyOf(context, id))));
    },
  },
  {
    id: "cloudresourcemanager.projects.testIamPermissions",
    ...{ method: "POST", path: `${one}:testIamPermissions`, body: bodyOf("TestIamPermissionsRequest") },
    answer: (_context, { body }) => ({ permissions: body["permissions"] ?? [] }),
  },
];
