import { type Value } from "../../value/value";

/** A form that a value must have. Returns what is wrong with it, to be read after the name of the member. */
export type Form = (value: Value) => string | undefined;

/** A form of texts. What is no text has it. */
export function ofText(violation: (text: string) => string | undefined): Form {
  return (value) => (typeof value === "string" ? violation(value) : undefined);
}

/** A form of whole texts that a regular expression describes. */
export function matching(pattern: RegExp, otherwise: string): Form {
  return ofText((text) => (pattern.test(text) ? undefined : `(${JSON.stringify(text)}) ${otherwise}`));
}
