/** Input or a situation that stops `adopt` or `reality`. The message is one sentence: location, problem and fix. */
export class LandscapeError extends Error {
  /** @param path location, for example a file with the entry in it @param reason the problem, and the fix */
  constructor(path: string, reason: string) {
    super(`${path}: ${reason}`);
    this.name = "LandscapeError";
  }
}
