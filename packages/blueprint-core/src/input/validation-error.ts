import { type IConstruct } from "constructs";

/**
 * Invalid input, in one sentence: where, the value, the bound and the fix.
 *
 * The message starts with the construct's path, which finds it in a composition of a hundred clusters.
 */
export class ValidationError extends Error {
  /** Path of the construct, or the name of the value that was rejected. */
  readonly path: string;

  /** @param where the construct that rejects the value, or a path if there is no construct */
  constructor(where: IConstruct | string, message: string) {
    const path = typeof where === "string" ? where : where.node.path;
    super(`${path}: ${message}`);
    this.name = "ValidationError";
    this.path = path;
  }
}
