/** A stored document: plain JSON. */
export type Json =
  null | boolean | number | string | readonly Json[] | { readonly [member: string]: Json | undefined };

/**
 * The name of a kind of document, with the document's type: `new Kind<Vpc>("ec2/vpc")`. Journals on disk
 * contain the name, so it never changes.
 */
export class Kind<T extends object> {
  /** For the compiler only: keeps kinds of different documents apart. */
  declare readonly document: T;

  constructor(readonly name: string) {}
}
