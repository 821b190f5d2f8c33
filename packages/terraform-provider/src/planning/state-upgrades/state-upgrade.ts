/** The attributes of a resource in a state file. */
export type StateAttributes = { readonly [name: string]: unknown };

/** Rewrites the attributes of a state of one schema version as the next one has them. */
export type StateUpgrade = (attributes: StateAttributes) => StateAttributes;
