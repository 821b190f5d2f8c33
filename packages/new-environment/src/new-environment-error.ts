/** Invalid input to the command. The message is one sentence with the value and the fix. */
export class NewEnvironmentError extends Error {
  override readonly name = "NewEnvironmentError";
}
