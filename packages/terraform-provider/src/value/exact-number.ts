/**
 * A number from its text. Integers that a double cannot hold exactly stay text, which Terraform takes for a number: ids of
 * clouds have 64 bits.
 */
export function exactNumber(text: string): number | string {
  const number = Number(text);
  return /^-?\d+$/.test(text) && !Number.isSafeInteger(number) ? text : number;
}

/** JSON in which integers that a double cannot hold exactly are texts. */
export function parseExactJson(json: string): unknown {
  return JSON.parse(
    json.replace(/"(?:\\.|[^"\\])*"|-?\d{16,}(?![\d.eE])/g, (token) =>
      token.startsWith('"') || Number.isSafeInteger(Number(token)) ? token : `"${token}"`,
    ),
  );
}
