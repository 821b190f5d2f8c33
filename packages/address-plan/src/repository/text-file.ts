import { isUtf8 } from "node:buffer";
import { readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { AddressPlanError } from "../message/address-plan-error";
import { systemErrorText } from "./system-error";

/**
 * Reads a text file in UTF-8, with or without a byte order mark.
 *
 * @throws AddressPlanError with the path and a fix if it is a folder, unreadable, or not UTF-8
 * @throws Error with the code ENOENT if it does not exist
 */
export function readText(path: string): string {
  let bytes: Buffer;
  try {
    bytes = readFileSync(path);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") throw error;
    throw new AddressPlanError(path, systemErrorText(error, path) ?? (error as Error).message);
  }
  const encoding = foreignEncoding(bytes);
  if (encoding !== undefined)
    throw new AddressPlanError(
      path,
      `is ${encoding}, not text in UTF-8; save it as UTF-8, or restore it from version control`,
    );
  return new TextDecoder().decode(bytes);
}

/**
 * Reads a file with a JSON object.
 *
 * @param fix what to do about another content, as an imperative
 * @throws AddressPlanError with the path and the fix if it is not one
 * @throws Error with the code ENOENT if it does not exist
 */
export function readJsonObject(path: string, fix: string): object {
  const text = readText(path);
  let content: unknown;
  try {
    content = JSON.parse(text);
  } catch (error) {
    throw new AddressPlanError(path, `not JSON (${(error as Error).message.slice(0, 200)}); ${fix}`);
  }
  if (typeof content === "object" && content !== null && !Array.isArray(content)) return content;
  throw new AddressPlanError(path, `not a JSON object; ${fix}`);
}

/** Replaces a text file in one step. @throws AddressPlanError with the path and a fix if it cannot be written */
export function writeText(path: string, text: string): void {
  writeTexts({ [path]: text });
}

/**
 * Replaces text files, or none if one of them cannot be written: all are on the disk before the first takes its place.
 *
 * @param texts by path
 * @throws AddressPlanError with the path and a fix
 */
export function writeTexts(texts: Readonly<Record<string, string>>): void {
  const files = Object.entries(texts).map(([path, text]) => ({
    path,
    text,
    aside: `${path}.${process.pid}`,
  }));
  try {
    for (const { path, text, aside } of files) onFile(path, () => writeFileSync(aside, text));
    for (const { path, aside } of files) onFile(path, () => renameSync(aside, path));
  } finally {
    for (const { aside } of files) rmSync(aside, { force: true });
  }
}

function onFile(path: string, write: () => void): void {
  try {
    write();
  } catch (error) {
    throw new AddressPlanError(path, systemErrorText(error, path) ?? (error as Error).message);
  }
}

/** How bytes that are not UTF-8 are encoded. */
function foreignEncoding(bytes: Buffer): string | undefined {
  const [first, second] = bytes;
  if ((first === 0xff && second === 0xfe) || (first === 0xfe && second === 0xff)) return "UTF-16";
  // Characters of the plan's syntax take a zero byte in UTF-16.
  if (bytes.length > 1 && (first === 0 || second === 0)) return "binary or UTF-16 without a mark";
  if (bytes.includes(0)) return "binary (it has zero bytes)";
  return isUtf8(bytes) ? undefined : "in another encoding, or binary";
}
