import { closeSync, openSync, readdirSync, readSync, statSync } from "node:fs";
import { join } from "node:path";
import { readText } from "@cluster-ipam/address-plan/repository";
import { type LandscapeBuilder } from "../landscape/landscape-builder";
import { LandscapeError } from "../landscape-error";
import { isAwsAnswer, readAwsAnswer } from "./aws-answer";
import { isGoogleResource, readGoogleResource } from "./google-answer";
import { isObject, type JsonObject } from "./json-value";
import { isNetBoxEntry, readNetBoxEntry } from "./netbox";
import { readTable } from "./table";
import { isTerraformState, readTerraformState } from "./terraform-state";

/** A JSON file is read whole. Tables are read line by line and have no limit. */
const LARGEST_JSON_MEGABYTES = 256;

/**
 * Reads a file, or every `.json`, `.tfstate` and `.csv` file in a folder and the folders in it.
 *
 * @param path of the file or folder
 * @throws LandscapeError with the file and the entry that cannot be read
 */
export async function readFiles(path: string, to: LandscapeBuilder): Promise<void> {
  const files = filesAt(path);
  if (files.length === 0)
    throw new LandscapeError(
      path,
      "has no .json, .tfstate or .csv file; save the outputs of the commands there",
    );
  for (const file of files)
    if (file.endsWith(".csv")) {
      checkEncoding(file);
      await readTable(file, to);
    } else readJson(file, to);
}

function filesAt(path: string): readonly string[] {
  const found = statSync(path, { throwIfNoEntry: false });
  if (found === undefined)
    throw new LandscapeError(path, "does not exist; pass a file or a folder that does");
  if (found.isFile()) return [path];
  return readdirSync(path, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && /\.(json|tfstate|csv)$/.test(entry.name))
    .map((entry) => join(entry.parentPath, entry.name))
    .sort();
}

/** A stream of bytes says nothing of its encoding until it is a sentence about a column without a name. */
function checkEncoding(file: string): void {
  const start = Buffer.alloc(4);
  const handle = openSync(file, "r");
  const length = readSync(handle, start, 0, 4, 0);
  closeSync(handle);
  const isUtf16 = (start[0] === 0xff && start[1] === 0xfe) || (start[0] === 0xfe && start[1] === 0xff);
  if (isUtf16 || start.subarray(0, length).includes(0))
    throw new LandscapeError(file, "is UTF-16 or binary; save it as UTF-8");
}

function readJson(file: string, to: LandscapeBuilder): void {
  const megabytes = statSync(file).size / 2 ** 20;
  if (megabytes > LARGEST_JSON_MEGABYTES)
    throw new LandscapeError(
      file,
      `has ${Math.ceil(megabytes)} MB, and JSON is read up to ${LARGEST_JSON_MEGABYTES} MB; export it as CSV, or in parts`,
    );
  const text = readText(file);
  if (text.trim() === "")
    throw new LandscapeError(file, "is empty; run the command again, it may have failed");
  const document = parsedJson(text, file);
  if (Array.isArray(document)) readEntries(document, to, file, "");
  else if (isObject(document)) readDocument(document, to, file);
  else throw unknownContent(file);
}

function parsedJson(text: string, file: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    const start = text.trimStart().slice(0, 120).split("\n")[0]!;
    const problem = /^</.test(start)
      ? "is a web page"
      : /^[[{"]/.test(start)
        ? `is not complete JSON (${(error as Error).message.slice(0, 120)})`
        : `is not JSON but "${start}"`;
    throw new LandscapeError(file, `${problem}; run the command again with --output json or --format=json`);
  }
}

function readDocument(document: JsonObject, to: LandscapeBuilder, file: string): void {
  if (isTerraformState(document)) readTerraformState(document, to, file);
  else if (isAwsAnswer(document)) readAwsAnswer(document, to, originOf(file));
  else if (Array.isArray(document["results"])) readEntries(document["results"], to, file, "results");
  else if (Array.isArray(document["clusters"])) readEntries(document["clusters"], to, file, "clusters");
  else if (isGoogleResource(document)) readGoogleResource(document, to, file, "the resource");
  else if (!isEmptyAnswer(document)) throw unknownContent(file);
}

/** Answers such as `{}` or `{"clusters": []}` say that there is nothing. */
function isEmptyAnswer(document: JsonObject): boolean {
  return Object.values(document).every((value) => Array.isArray(value) && value.length === 0);
}

function readEntries(entries: readonly unknown[], to: LandscapeBuilder, file: string, list: string): void {
  entries.forEach((item, index) => {
    const entry = `${list}[${index}]`;
    if (!isObject(item)) throw new LandscapeError(`${file}: ${entry}`, "is not an object; export it again");
    if (isNetBoxEntry(item)) readNetBoxEntry(item, to, file, entry);
    else if (isGoogleResource(item)) readGoogleResource(item, to, file, entry);
    else if (isAwsAnswer(item)) readAwsAnswer(item, to, { ...originOf(file), file: `${file}: ${entry}` });
    else throw unknownContent(`${file}: ${entry}`);
  });
}

/** The account and the Region in the path of a file: AWS does not say them everywhere. */
function originOf(file: string) {
  const account = /(?<!\d)\d{12}(?!\d)/.exec(file)?.[0];
  const region = /(?<![a-z0-9])(af|ap|ca|cn|eu|il|me|mx|sa|us)(-[a-z]+)+-\d(?![a-z0-9])/.exec(file)?.[0];
  return { file, ...(account !== undefined && { account }), ...(region !== undefined && { region }) };
}

function unknownContent(where: string): LandscapeError {
  return new LandscapeError(
    where,
    "is none of the outputs that are read; docs/import.md lists the commands of aws, gcloud, terraform and NetBox",
  );
}
