import { type PlanDefinition } from "@cluster-ipam/address-plan";

/** Tags and labels that commonly name the environment. */
const TAGS = ["environment", "Environment", "env", "Env", "stage", "Stage"];

/** Names that people give the same environment. */
const SYNONYMS: Readonly<Record<string, string>> = {
  production: "prod",
  prd: "prod",
  development: "dev",
  staging: "stage",
};

/**
 * The environment of something that exists: by a tag, by a part of its name that is an environment of the plan, or the one that
 * the user gave for all others. Undefined if nothing says it.
 */
export function environmentOf(
  name: string,
  tags: Readonly<Record<string, string>>,
  plan: PlanDefinition,
  fallback: string | undefined,
): string | undefined {
  const tagged = TAGS.map((tag) => tags[tag]).find((value) => value !== undefined && value !== "");
  const known = Object.keys(plan.environments);
  if (tagged !== undefined) {
    const slug = planName(tagged, 20);
    const synonym = SYNONYMS[slug];
    return synonym !== undefined && !known.includes(slug) ? synonym : slug;
  }
  const parts = name.toLowerCase().split(/[^a-z0-9]+/);
  return known.find((environment) => parts.includes(environment)) ?? fallback;
}

/** A name as the plan accepts it, near the given one. @param longest 2 or more */
export function planName(name: string, longest: number): string {
  const slug = name
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, "-")
    .replace(/^[^a-z]+/, "")
    .slice(0, longest)
    .replace(/-+$/, "");
  return slug.length < 2 ? `${slug}-network`.replace(/^-/, "") : slug;
}
