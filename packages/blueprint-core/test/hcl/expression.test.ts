import { formatExpression } from "../../src/hcl/expression";
import { unformatted } from "../terraform";

const expressions = [
  "a+b*-c",
  "! a&&(b||!c)",
  "-1",
  "a ? -1:b",
  "foo( 1,2,[ 3 ]... )",
  "provider::aws::arn_parse( x )",
  '[ for k , v in {"a"=1,b:2} : "${ k }" if v!=1 ]',
  "{ for k,v in local.a: k=>v... }",
  "[for x in[1]: x]",
  'local.x[ * ].y.*.z[ 0 ][ "k" ]',
  "{a=1,b={ }}",
  '"${ {a=1}.a }${-1}%{ if x }y%{ endif }"',
  "object({a=string,b=optional( list(number),[ ] )})",
];

test("spaces expressions as terraform fmt does", () => {
  const hcl = expressions.map((text, index) => `  ${`e${index}`.padEnd(3)} = ${formatExpression(text)}\n`);
  expect(unformatted(`locals {\n${hcl.join("")}}\n`)).toBe("");
});

test("writes an expression of several lines on one", () => {
  expect(formatExpression("merge(\n  { # first\n    a = 1\n    b = 2,\n  },\n  c /* last */\n)")).toBe(
    "merge({ a = 1, b = 2 }, c)",
  );
  expect(formatExpression("{\n  for k, v in local.a :\n  k => v\n}")).toBe(
    "{ for k, v in local.a : k => v }",
  );
});

test.each(["a)", "(a", '"a', "a}", "<<EOT", "a § b"])("rejects %s", (text) => {
  expect(() => formatExpression(text)).toThrow(/^the (template|expression) /);
});
