import { Kind } from "../../../store/kind";
import { type RequestContext } from "../../../request-context";
import { fingerprintOf, numericId } from "../documents/representation";
import { policyView, readPolicy } from "../documents/policy";
import { isObject } from "../rest/json-body";
import { pageOf } from "../rest/page";
import { GoogleRefusal } from "../rest/refusal";
import { type RestRequest, type Route } from "../rest/route";
import { iamSchemas } from "../schemas/iam";
import { policyOf, putPolicy } from "./policies";

/** A service account. */
interface ServiceAccount {
  /** `projects/…/serviceAccounts/…@….iam.gserviceaccount.com` */
  readonly id: string;
  readonly project: string;
  readonly email: string;
  readonly uniqueId: string;
  readonly displayName: string;
  readonly description: string;
  readonly disabled: boolean;
}

const kind = new Kind<ServiceAccount>("google/service-account");

function viewOf({
  id,
  project,
  email,
  uniqueId,
  displayName,
  description,
  disabled,
}: ServiceAccount): object {
  const content = {
    ...{ name: id, projectId: project, uniqueId, email },
    ...(displayName ? { displayName } : {}),
    ...(description ? { description } : {}),
    oauth2ClientId: uniqueId,
    ...(disabled ? { disabled } : {}),
  };
  return { ...content, etag: fingerprintOf(content) };
}

/** The account of a request by its email or unique id, in its project or in any (`-`). @throws GoogleRefusal notFound */
function existing({ transaction }: RequestContext, { names }: RestRequest): ServiceAccount {
  const { project, account } = names;
  const found = transaction.find(
    kind,
    (one) => [one.email, one.uniqueId].includes(account!) && (project === "-" || one.project === project),
  );
  if (found) return found;
  throw new GoogleRefusal(
    "notFound",
    `Unknown service account: projects/${project}/serviceAccounts/${account}`,
    404,
  );
}

const accountId = /^[a-z](?:[-a-z0-9]{4,28}[a-z0-9])$/;

function create({ transaction }: RequestContext, { names, body }: RestRequest): object {
  const name = String(body["accountId"] ?? "");
  if (!accountId.test(name))
    throw new GoogleRefusal(
      "badRequest",
      "The account ID must be 6 to 30 characters long, and consist of lowercase letters, digits and hyphens, beginning with a letter.",
      400,
    );
  const project = names["project"]!;
  const email = `${name}@${project}.iam.gserviceaccount.com`;
  const id = `projects/${project}/serviceAccounts/${email}`;
  if (transaction.get(kind, id))
    throw new GoogleRefusal(
      "alreadyExists",
      `Service account ${name} already exists within project projects/${project}.`,
      409,
    );
  const { displayName = "", description = "" } = isObject(body["serviceAccount"])
    ? body["serviceAccount"]
    : {};
  return viewOf(
    transaction.put(kind, id, {
      ...{
        id,
        project,
        email,
        uniqueId: `1${numericId(transaction.hex(40))}`.padEnd(21, "0"),
        disabled: false,
      },
      displayName: displayName as string,
      description: description as string,
    }),
  );
}

function patch(context: RequestContext, request: RestRequest): object {
  const before = existing(context, request);
  const { serviceAccount, updateMask = "" } = request.body;
  const members = String(updateMask)
    .split(",")
    .map((member) => (member === "display_name" ? "displayName" : member));
  const unknown = members.find((member) => !["displayName", "description"].includes(member));
  if (unknown !== undefined)
    throw new GoogleRefusal("badRequest", `Invalid field in update mask: '${unknown}'.`, 400);
  const sent = isObject(serviceAccount) ? serviceAccount : {};
  const changes = Object.fromEntries(members.map((member) => [member, sent[member] ?? ""]));
  return viewOf(context.transaction.put(kind, before.id, { ...before, ...changes }));
}

const collection = "v1/projects/{project}/serviceAccounts";
const one = `${collection}/{account}`;
const bodyOf = (name: string) => ({ schemas: iamSchemas, name, field: "" });

const setDisabled = (disabled: boolean): Route => ({
  id: `iam.projects.serviceAccounts.${disabled ? "disable" : "enable"}`,
  method: "POST",
  path: `${one}:${disabled ? "disable" : "enable"}`,
  body: bodyOf(`${disabled ? "Disable" : "Enable"}ServiceAccountRequest`),
  answer(context, request) {
    const account = existing(context, request);
    context.transaction.put(kind, account.id, { ...account, disabled });
    return {};
  },
});

/** The methods of service accounts. */
export const serviceAccountRoutes: readonly Route[] = [
  {
    id: "iam.projects.serviceAccounts.list",
    ...{ method: "GET", path: collection, query: ["pageSize", "pageToken"] },
    answer({ transaction }, { names, query }) {
      const all = transaction.filter(kind, ({ project }) => project === names["project"]);
      const { items, ...rest } = pageOf(all, query, collection, "pageSize");
      return { accounts: items.map(viewOf), ...rest };
    },
  },
  {
    id: "iam.projects.serviceAccounts.create",
    ...{ method: "POST", path: collection, body: bodyOf("CreateServiceAccountRequest") },
    answer: create,
  },
  {
    ...{ id: "iam.projects.serviceAccounts.get", method: "GET", path: one },
    answer: (context, request) => viewOf(existing(context, request)),
  },
  {
    id: "iam.projects.serviceAccounts.patch",
    ...{ method: "PATCH", path: one, body: bodyOf("PatchServiceAccountRequest") },
    answer: patch,
  },
  {
    ...{ id: "iam.projects.serviceAccounts.delete", method: "DELETE", path: one },
    answer(context, request) {
      context.transaction.remove(kind, existing(context, request).id);
      return {};
    },
  },
  setDisabled(true),
  setDisabled(false),
  {
    id: "iam.projects.serviceAccounts.getIamPolicy",
    ...{ method: "POST", path: `${one}:getIamPolicy`, query: ["options.requestedPolicyVersion"] },
    answer: (context, request) => policyView(policyOf(context, existing(context, request).id)),
  },
  {
    id: "iam.projects.serviceAccounts.setIamPolicy",
    ...{ method: "POST", path: `${one}:setIamPolicy`, body: bodyOf("SetIamPolicyRequest") },
    answer(context, request) {
      const { id } = existing(context, request);
      return policyView(putPolicy(context, id, readPolicy(request.body["policy"], policyOf(context, id))));
    },
  },
];
