/** Blocks that are known to be free, and those that nothing uses any more. */
export interface Proofs {
  /** The proof that a retired block is free, by key. */
  readonly freed: ReadonlyMap<string, string>;
  /** Keys of draining blocks that nothing uses any more. */
  readonly drained: ReadonlySet<string>;
  /** Keys of retired blocks that have to stay in their network for another deployment: they drain again. */
  readonly attached: ReadonlySet<string>;
  /** Keys of blocks to free without proof; those that are required are allocated again. */
  readonly released: ReadonlySet<string>;
}

/** Nothing is known of the deployed states. */
export const NO_PROOFS: Proofs = {
  freed: new Map(),
  drained: new Set(),
  attached: new Set(),
  released: new Set(),
};
