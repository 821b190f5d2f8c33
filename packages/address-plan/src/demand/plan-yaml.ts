import { basename } from "node:path";

import { type Document, isScalar, LineCounter, type Node, parseDocument, visit } from "yaml";

import { AddressPlanError } from "../message/address-plan-error";
import { checkDefinition } from "./definition-check";
import { type PlanDefinition } from "./plan-definition";

/**
 * Parses and validates an address plan in YAML.
 *
 * @param file name of the file, for errors
 * @throws AddressPlanError with the line and the path of the first problem
 */
export function parsePlan(text: string, file: string): PlanDefinition {
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false });
  const problem = document.errors[0] ?? document.warnings[0];
  if (problem) {
    const { line, col } = lines.linePos(problem.pos[0]);
    throw new AddressPlanError(`${basename(file)}:${line}:${col}`, `invalid YAML: ${oneLine(problem.message)}`);
  }
  if (document.contents === null)
    throw new AddressPlanError(
      basename(file),
      "the plan is empty; see the README of @cluster-ipam/address-plan for an example",
    );
  checkKeys(document, lines, file);
  return checkDefinition(document.toJS(), (path) => {
    const known = [...path.keys()].map((index) => path.slice(0, path.length - index));
    const nearest = known
      .map((part) => document.getIn(part, true) as Node | undefined)
      .find((node) => node?.range);
    const line = lines.linePos(nearest?.range?.[0] ?? 0).line;
    return `${basename(file)}:${line}: ${path.map(String).join(".") || "plan"}`;
  });
}

/** The parser quotes what it cannot read, which may be a whole file. */
function oneLine(text: string): string {
  const line = text.replace(/\s+/g, " ").trim();
  return line.length > LONGEST ? `${line.slice(0, LONGEST)}…` : line;
}

/** Characters of a parser's message that are shown. */
const LONGEST = 200;

/** An object has no own member of this name, so the entry would vanish, and with it the addresses of a cluster. */
const RESERVED_KEY = "__proto__";

function checkKeys(document: Document, lines: LineCounter, file: string): void {
  visit(document, {
    Pair(_, { key }) {
      if (!isScalar(key) || key.value !== RESERVED_KEY) return;
      const { line } = lines.linePos(key.range?.[0] ?? 0);
      throw new AddressPlanError(
        `${basename(file)}:${line}`,
        `${RESERVED_KEY} is not a valid name; use lower-case letters, digits and hyphens`,
      );
    },
  });
}
