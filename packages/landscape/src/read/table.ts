import { createReadStream } from "node:fs";
import { CsvError, parse } from "csv-parse";
import { type LandscapeBuilder } from "../landscape/landscape-builder";
import { LandscapeError } from "../landscape-error";
import { required, textOf } from "./json-value";
import { readNetBoxEntry } from "./netbox";

type Row = Readonly<Record<string, string>>;

/**
 * Reads a table line by line, whatever its size: an export of NetBox (a column `prefix`), or one with the columns `cidr` and
 * `owner`, and `cloud`, `account` and `region` if it has them.
 *
 * @throws LandscapeError with the line that is malformed
 */
export async function readTable(path: string, to: LandscapeBuilder): Promise<void> {
  const rows = createReadStream(path).pipe(
    parse({ bom: true, columns: headers(path), info: true, skip_empty_lines: true, trim: true }),
  );
  try {
    for await (const { record, info } of rows as AsyncIterable<{ record: Row; info: { lines: number } }>)
      if (record["prefix"] !== undefined) readNetBoxEntry(record, to, path, `line ${info.lines}`);
      else readRow(record, to, path, `line ${info.lines}`);
  } catch (error) {
    if (!(error instanceof CsvError)) throw error;
    throw new LandscapeError(path, `${error.message}; save it as comma-separated values again`);
  }
}

function headers(path: string) {
  return (line: readonly string[]): string[] => {
    const names = line.map((name) => name.trim().toLowerCase());
    if (names.includes("prefix") || (names.includes("cidr") && names.includes("owner"))) return names;
    throw new LandscapeError(
      `${path}: line 1`,
      `has the columns ${names.join(", ").slice(0, 100)}; name them cidr, owner, cloud, account and region, or export prefixes from NetBox`,
    );
  };
}

function readRow(row: Row, to: LandscapeBuilder, file: string, entry: string): void {
  const where = `${file}: ${entry}`;
  const cloud = textOf(row, "cloud")?.toLowerCase();
  const account = textOf(row, "account");
  const region = textOf(row, "region");
  const owner = required(row, "owner", where);
  if (cloud !== undefined && cloud !== "aws" && cloud !== "google" && cloud !== "on-premises")
    throw new LandscapeError(where, `cloud is "${cloud}"; use aws, google or on-premises, or leave it empty`);
  to.addRange(row["cidr"], {
    ...{ kind: "documented", id: row["cidr"] ?? "", tags: {}, source: { file, entry } },
    owner: account === undefined ? owner : `${owner}, ${account}`,
    network: [cloud, account ?? owner].filter((part) => part !== undefined).join(" "),
    ...((cloud === "aws" || cloud === "google") && { cloud }),
    ...(region !== undefined && { region }),
  });
}
