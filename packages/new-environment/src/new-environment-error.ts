/** What the caller can mend: one sentence with the value and the fix. */
export class NewEnvironmentError extends Error {
  override readonly name = "NewEnvironmentError";
}
