import { type PastDecision } from "./past-decisions";
import { indent, wrap } from "./terminal-text";

/** The part of `explain` on earlier runs, in at most 80 columns; times are UTC. */
export function pastText(past: readonly PastDecision[]): readonly string[] {
  if (past.length === 0) return ["No decision in the last 7 days."];
  return ["The last decisions were:", ...past.flatMap(decisionLines)];
}

function decisionLines(decision: PastDecision): readonly string[] {
  const { first, last, runs, action, cause, zone, cidr, reason, advice, result, message } = decision;
  const what = (action === "none" ? ["!", zone, cause] : [action, cidr, zone, cause])
    .filter(Boolean)
    .join(" ");
  const repeated = runs > 1 ? `, in ${runs} runs since ${time(first)}` : "";
  return [
    ...wrap(`${time(last)}  ${what}${result === undefined ? "" : `: ${result}`}${repeated}`),
    ...indent(`${reason}.`),
    ...(message === undefined ? [] : indent(`${message}.`)),
    ...(advice === undefined ? [] : indent(`Fix: ${advice}.`)),
  ];
}

function time(at: number): string {
  return new Date(at).toISOString().slice(0, 16).replace("T", " ");
}
