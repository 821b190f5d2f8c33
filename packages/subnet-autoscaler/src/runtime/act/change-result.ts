/** Result of a change. */
export type ChangeResult =
  | { readonly status: "done" }
  /** The network differs from the observation or is not ready. Nothing is broken; a later run decides again. */
  | { readonly status: "postponed"; readonly message: string };

/** The change was made, or someone else already made it. */
export const DONE: ChangeResult = { status: "done" };

/** The change was not made. @param message why */
export function postponed(message: string): ChangeResult {
  return { status: "postponed", message };
}
