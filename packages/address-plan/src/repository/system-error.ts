/** What the operating system refuses, by its code: the problem and a fix. */
const problems: Readonly<Record<string, string>> = {
  EISDIR: "is a folder, and must be a file; move the folder away",
  ENOTDIR: "has a file where a folder must be; move the file away",
  EEXIST: "exists already; move it away",
  EACCES: "permission denied; give this user access to it",
  EPERM: "permission denied; give this user access to it",
  EROFS: "the file system is read-only; use a copy on one that can be written",
  ENOSPC: "no space is left on its disk; free some, and run this again",
  EDQUOT: "the disk quota is used up; free some space, and run this again",
  EFBIG: "the file is larger than this shell or file system allows; raise the limit (ulimit -f)",
  EMFILE: "too many files are open; raise the limit (ulimit -n)",
  ENFILE: "too many files are open on this machine; close some programs",
  ELOOP: "is a symbolic link to itself; remove it",
  ENAMETOOLONG: "the path is too long; use a folder with a shorter path",
  EIO: "the disk cannot be read or written (EIO); check the disk",
};

/** Node's `mkdir` with parents reports a read-only file system as ENOENT. Otherwise it makes what is missing. */
const UNMAKEABLE =
  "the folder cannot be created: its file system is read-only, or a link on its path is broken; use one that can be written";

/** What only a write meets. */
const UNWRITABLE: ReadonlySet<string> = new Set(["ENOSPC", "EDQUOT", "EROFS", "EFBIG"]);

/**
 * The problem and a fix for an error of the operating system, without its path; undefined for other errors.
 *
 * @param path of the file, if the error does not name it: it names another file of the same operation, such as a temporary one
 */
export function systemErrorText(error: unknown, path?: string): string | undefined {
  const { code = "", syscall, path: named } = (error ?? {}) as NodeJS.ErrnoException;
  const problem = code === "ENOENT" && syscall === "mkdir" ? UNMAKEABLE : problems[code];
  if (problem === undefined) return undefined;
  return named === undefined || named === path || path === undefined ? problem : `${problem} (${named})`;
}

/**
 * An error's message for a command's one sentence. The system's errors name their path first and have a fix; others are
 * left as they are.
 */
export function errorSentence(error: unknown): string {
  const { message, code, syscall, ...paths } = error as NodeJS.ErrnoException & { readonly dest?: string };
  // A copy names its source first, and its target is the one that cannot be written.
  const path = UNWRITABLE.has(code ?? "") ? (paths.dest ?? paths.path) : paths.path;
  const problem = systemErrorText(error);
  if (problem === undefined || message.startsWith(`${path}: `)) return message;
  return `${path ?? `a file (${syscall ?? "write"})`}: ${problem} (${code})`;
}
