/** A value that the app read from an environment variable. */
export interface VariableOrigin {
  /** Name of the environment variable. */
  readonly name: string;
  /** The value in use: the variable's, else its default. */
  readonly value: string;
  /** The value if the variable is not set. @default none; the variable must be set */
  readonly default?: string;
}

const origins = new Map<string, VariableOrigin>();
const objects = new WeakMap<object, string>();

/**
 * Remembers that a value was read from a variable, so that the record of stacks has the variable's name in its place.
 *
 * @param object the parsed value, if it is an object: a backend
 */
export function rememberVariable(origin: VariableOrigin, object?: object): void {
  origins.set(origin.name, origin);
  if (object) objects.set(object, origin.name);
}

/** The variables that the app has read, first read first. */
export function variableOrigins(): readonly VariableOrigin[] {
  return [...origins.values()];
}

/** The name of the variable from which an object was read. */
export function variableOfObject(object: object): string | undefined {
  return objects.get(object);
}
