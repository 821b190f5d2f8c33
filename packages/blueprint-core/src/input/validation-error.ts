import { type IConstruct } from "constructs";

/**
 * Bad input, in one sentence: where, what was given, what is allowed, how to fix it.
 *
 * The message starts with the construct's path, so it can be found in a composition of a hundred clusters.
 */
export class ValidationError extends Error {
  /** Path of the construct, or the name of the plain value that was refused. */
  readonly path: string;

  /** @param where the construct that refuses, or a path where there is none */
  constructor(where: IConstruct | string, message: string) {
    const path = typeof where === "string" ? where : where.node.path;
    super(`${path}: ${message}`);
    this.name = "ValidationError";
    this.path = path;
  }
}
