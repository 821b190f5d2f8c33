import { markUnknown, type PlanRule } from "./plan-rule";

const outsideVersions = ["name", "name_prefix", "description"];
const unversioned = new Set([...outsideVersions, "default_version", "update_default_version"]);
const derived = new Set(["latest_version", "tags_all", "default_version"]);

/** Any change to the content creates a version, whose number is known after apply. */
export const planLaunchTemplate: PlanRule = (context) => {
  const { prior, plan } = context;
  if (!prior) return;
  const changed = [...plan.changed].filter((name) => !derived.has(name));
  if (changed.some((name) => !unversioned.has(name))) markUnknown(context, "latest_version");
  const moves = plan.planned["update_default_version"] === true;
  if (moves && changed.some((name) => !outsideVersions.includes(name)))
    markUnknown(context, "default_version");
};
