import { basename } from "node:path";

import { LineCounter, type Node, parseDocument } from "yaml";

import { AddressPlanError } from "../message/address-plan-error";
import { checkDefinition } from "./definition-check";
import { type PlanDefinition } from "./plan-definition";

/**
 * Reads an address plan written in YAML.
 *
 * @param file its name, for errors
 * @throws AddressPlanError that names the line and the path of the first problem
 */
export function parsePlan(text: string, file: string): PlanDefinition {
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false });
  const problem = document.errors[0] ?? document.warnings[0];
  if (problem) {
    const { line, col } = lines.linePos(problem.pos[0]);
    throw new AddressPlanError(
      `${basename(file)}:${line}:${col}`,
      `${problem.message}; this is not valid YAML`,
    );
  }
  if (document.contents === null)
    throw new AddressPlanError(basename(file), "the plan is empty; README.md of address-plan shows one");
  return checkDefinition(document.toJS(), (path) => {
    const known = [...path.keys()].map((index) => path.slice(0, path.length - index));
    const nearest = known
      .map((part) => document.getIn(part, true) as Node | undefined)
      .find((node) => node?.range);
    const line = lines.linePos(nearest?.range?.[0] ?? 0).line;
    return `${basename(file)}:${line}: ${path.map(String).join(".") || "plan"}`;
  });
}
