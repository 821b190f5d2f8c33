/** The rule, form or upgrade that an overlay names. @throws Error when it does not exist */
export function namedByOverlay<Rule>(
  rules: Readonly<Record<string, Rule>>,
  kind: "rule" | "form" | "upgrade",
  name: string,
): Rule {
  const rule = rules[name];
  if (rule === undefined) throw new Error(`the overlay names the ${kind} ${name}, which does not exist`);
  return rule;
}
