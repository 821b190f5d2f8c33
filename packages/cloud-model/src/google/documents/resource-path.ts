/** Values of a path's variables. */
export type PathValues<V extends string> = { readonly [variable in V]: string };

/**
 * The form of a Google resource name: `projects/{project}/regions/{region}/subnetworks/{name}`. Google's APIs and
 * clients take such names in full, as URLs, and shortened.
 */
export class ResourcePath<V extends string> {
  private readonly steps: readonly string[];
  private readonly variables: readonly V[];

  /** @param template steps; those in braces are variables */
  constructor(template: string) {
    this.steps = template.split("/");
    this.variables = this.steps.flatMap((step) => (step.startsWith("{") ? [step.slice(1, -1) as V] : []));
  }

  /** The full name. */
  format(values: PathValues<V>): string {
    return this.steps.map((step) => (step.startsWith("{") ? values[step.slice(1, -1) as V] : step)).join("/");
  }

  /**
   * Parses a name in any form: a URL, the end of the full name, or the last variables alone.
   *
   * @param defaults variables that a short form leaves out
   * @returns undefined when the text does not name such a resource
   */
  parse(text: string, defaults: Partial<PathValues<V>>): PathValues<V> | undefined {
    const given = text.slice(Math.max(0, text.search(/(?<=^|\/)projects\//))).split("/");
    const found = this.parseEnd(given) ?? this.parseVariables(given);
    const values = { ...defaults, ...found };
    return found && this.variables.every((variable) => values[variable])
      ? (values as PathValues<V>)
      : undefined;
  }

  /** The full name for a name in any form; undefined when the text does not name such a resource. */
  expand(text: string, defaults: Partial<PathValues<V>>): string | undefined {
    const values = this.parse(text, defaults);
    return values && this.format(values);
  }

  private parseEnd(given: readonly string[]): Partial<PathValues<V>> | undefined {
    const end = this.steps.slice(-given.length);
    if (given.length > this.steps.length) return undefined;
    if (!end.every((step, i) => (step.startsWith("{") ? given[i] !== "" : step === given[i])))
      return undefined;
    const values = end.flatMap((step, i) => (step.startsWith("{") ? [[step.slice(1, -1), given[i]]] : []));
    return Object.fromEntries(values) as Partial<PathValues<V>>;
  }

  private parseVariables(given: readonly string[]): Partial<PathValues<V>> | undefined {
    if (given.length > this.variables.length || given.includes("")) return undefined;
    const names = this.variables.slice(-given.length);
    return Object.fromEntries(names.map((name, i) => [name, given[i]])) as Partial<PathValues<V>>;
  }
}

/** Names of networks. */
export const networkPath = new ResourcePath<"project" | "name">("projects/{project}/global/networks/{name}");
/** Names of subnetworks. */
export const subnetworkPath = new ResourcePath<"project" | "region" | "name">(
  "projects/{project}/regions/{region}/subnetworks/{name}",
);
/** Names of internal ranges. */
export const internalRangePath = new ResourcePath<"project" | "name">(
  "projects/{project}/locations/global/internalRanges/{name}",
);
/** Names of firewall rules. */
export const firewallPath = new ResourcePath<"project" | "name">(
  "projects/{project}/global/firewalls/{name}",
);
/** Names of Cloud Routers. */
export const routerPath = new ResourcePath<"project" | "region" | "name">(
  "projects/{project}/regions/{region}/routers/{name}",
);
/** Names of regional addresses. */
export const addressPath = new ResourcePath<"project" | "region" | "name">(
  "projects/{project}/regions/{region}/addresses/{name}",
);
/** Names of global addresses. */
export const globalAddressPath = new ResourcePath<"project" | "name">(
  "projects/{project}/global/addresses/{name}",
);
/** Names of GKE clusters. */
export const clusterPath = new ResourcePath<"project" | "location" | "name">(
  "projects/{project}/locations/{location}/clusters/{name}",
);
/** Names of node pools. */
export const nodePoolPath = new ResourcePath<"project" | "location" | "cluster" | "name">(
  "projects/{project}/locations/{location}/clusters/{cluster}/nodePools/{name}",
);

/** The project of a full name. With Shared VPC the project of a network is not that of its clusters. */
export const projectOf = (id: string): string => id.split("/")[1]!;
