import { type ChangeResult } from "../act/change-result";
import { type AutoscalerConfig } from "../config/config";
import { changeId, type Decision, isBookkeeping, isChange } from "../decide/decision";
import { type ChangeEvent } from "./reporter";

/** A decision and its result. */
export interface RunStep {
  readonly decision: Decision;
  /** Absent for advice, and for changes that the mode only announces. */
  readonly result?: ChangeResult | { readonly status: "failed" | "out-of-time"; readonly message: string };
}

/** The log line of a step. */
export function stepLine(
  { cluster, mode }: AutoscalerConfig,
  { decision, result }: RunStep,
): Readonly<Record<string, unknown>> {
  return {
    level: result?.status === "failed" ? "error" : decision.action === "none" ? "warn" : "info",
    cluster,
    mode,
    ...decision,
    ...(result !== undefined
      ? { result: result.status, ...("message" in result && { message: result.message }) }
      : isChange(decision) && { result: "announced", id: changeId(decision) }),
  };
}

/** The event of a step; undefined for steps without one. */
export function stepEvent(
  { cluster, vpcId, mode }: AutoscalerConfig,
  { decision, result }: RunStep,
): ChangeEvent | undefined {
  if (!isChange(decision) || isBookkeeping(decision)) return undefined;
  const detail = { id: changeId(decision), cluster, vpcId, ...decision };
  if (result?.status === "done") return { detailType: "Subnet Autoscaler Change", detail };
  if (result === undefined && mode === "approve")
    return { detailType: "Subnet Autoscaler Approval Needed", detail };
  return undefined;
}
