/** A step into a value: an attribute's or block's name, a list index, or a map key. */
export type PathStep = string | number | { readonly key: string };

/** Path from a resource to one of its values. */
export type Path = readonly PathStep[];

/** An error or warning about a resource, in the provider's wording. */
export interface Diagnostic {
  /** @default "error" */
  readonly severity?: "error" | "warning";
  /** One line. */
  readonly summary: string;
  /** What was found and what is allowed. @default none */
  readonly detail?: string;
  /** Path of the member concerned. @default the whole resource */
  readonly path?: Path;
}

/** An error from the cloud or the provider that Terraform shows to the user. */
export class DiagnosticError extends Error {
  constructor(readonly diagnostic: Diagnostic) {
    super(diagnostic.summary);
    this.name = "DiagnosticError";
  }
}

/** `["ports", 0, "name"]` as providers write it in messages: `ports.0.name`. */
export const pathText = (path: Path): string =>
  path.map((step) => (typeof step === "object" ? step.key : String(step))).join(".");
