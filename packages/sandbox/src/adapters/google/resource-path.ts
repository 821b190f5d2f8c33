import { type AccountRegion } from "@cluster-ipam/cloud-model";
import { type TerraformType } from "@cluster-ipam/terraform-provider";

/** Values of a path's variables. */
export type PathValues<V extends string> = { readonly [variable in V]: string };

/**
 * The name of a Google resource: `projects/{project}/regions/{region}/subnetworks/{name}`. The provider
 * takes such names in full, as URLs, and short, both in arguments and as import ids.
 */
export class ResourcePath<V extends string> {
  private readonly steps: readonly string[];
  private readonly variables: readonly V[];

  /** @param template steps, of which those in braces are variables */
  constructor(template: string) {
    this.steps = template.split("/");
    this.variables = this.steps.flatMap((step) => (step.startsWith("{") ? [step.slice(1, -1) as V] : []));
  }

  /** The full name. */
  of(values: PathValues<V>): string {
    return this.steps.map((step) => (step.startsWith("{") ? values[step.slice(1, -1) as V] : step)).join("/");
  }

  /**
   * Reads a name in any form: a URL, the end of the full name, or the last variables alone.
   *
   * @param defaults variables that a short form leaves out
   * @returns undefined when the text names something else
   */
  read(text: string, defaults: Partial<PathValues<V>>): PathValues<V> | undefined {
    const given = text.slice(Math.max(0, text.search(/(?<=^|\/)projects\//))).split("/");
    const found = this.readEnd(given) ?? this.readVariables(given);
    const values = { ...defaults, ...found };
    return found && this.variables.every((variable) => values[variable])
      ? (values as PathValues<V>)
      : undefined;
  }

  private readEnd(given: readonly string[]): Partial<PathValues<V>> | undefined {
    const end = this.steps.slice(-given.length);
    if (given.length > this.steps.length) return undefined;
    if (!end.every((step, i) => (step.startsWith("{") ? given[i] !== "" : step === given[i])))
      return undefined;
    const values = end.flatMap((step, i) => (step.startsWith("{") ? [[step.slice(1, -1), given[i]]] : []));
    return Object.fromEntries(values) as Partial<PathValues<V>>;
  }

  private readVariables(given: readonly string[]): Partial<PathValues<V>> | undefined {
    if (given.length > this.variables.length || given.includes("")) return undefined;
    const names = this.variables.slice(-given.length);
    return Object.fromEntries(names.map((name, i) => [name, given[i]])) as Partial<PathValues<V>>;
  }
}

/** What short names leave out, from the resource's place and the provider's settings. */
export const pathDefaults = ({ settings }: TerraformType, { owner, region }: AccountRegion) => {
  const own = typeof settings.region === "string" ? settings.region : "";
  return { project: owner, region: region || own, location: own };
};

export const networkPath = new ResourcePath<"project" | "name">("projects/{project}/global/networks/{name}");
export const subnetworkPath = new ResourcePath<"project" | "region" | "name">(
  "projects/{project}/regions/{region}/subnetworks/{name}",
);
export const internalRangePath = new ResourcePath<"project" | "name">(
  "projects/{project}/locations/global/internalRanges/{name}",
);
export const firewallPath = new ResourcePath<"project" | "name">(
  "projects/{project}/global/firewalls/{name}",
);
export const routerPath = new ResourcePath<"project" | "region" | "name">(
  "projects/{project}/regions/{region}/routers/{name}",
);
export const clusterPath = new ResourcePath<"project" | "location" | "name">(
  "projects/{project}/locations/{location}/clusters/{name}",
);
export const nodePoolPath = new ResourcePath<"project" | "location" | "cluster" | "name">(
  "projects/{project}/locations/{location}/clusters/{cluster}/nodePools/{name}",
);

/** The project of a full name. On a Shared VPC a network's is not its cluster's. */
export const projectOf = (id: string): string => id.split("/")[1]!;
