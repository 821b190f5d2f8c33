/** A document as it is kept: plain JSON. */
export type Json =
  null | boolean | number | string | readonly Json[] | { readonly [member: string]: Json | undefined };

/**
 * Names a kind of document and carries its type: `new Kind<Vpc>("ec2/vpc")`. The name is what the
 * journal on disk holds, so it never changes.
 */
export class Kind<T extends object> {
  /** Only for the compiler: kinds of different documents do not mix. */
  declare readonly document: T;

  constructor(readonly name: string) {}
}
