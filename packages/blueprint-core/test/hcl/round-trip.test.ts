import fc from "fast-check";
import { TerraformLocal, TerraformOutput } from "cdktf";
import * as fs from "node:fs";
import * as path from "node:path";
import { type Json } from "../../src/hcl/value";
import { planOf, synthesized, unformatted } from "../terraform";

/** Text that never opens a template, so that it must come back as it is (Terraform composes characters). */
const awkward = fc
  .array(fc.oneof(fc.constantFrom(..."$%{}\"\\\n\r\t'`#~=<>,.[]() aEOTé日\u2028\u0001\u00a0"), fc.string()), {
    maxLength: 12,
  })
  .map((pieces) =>
    pieces
      .join("")
      .replace(/[$%]+\{/g, "{")
      .replace(/^\uFEFF+/, "")
      .normalize("NFC"),
  )
  .filter((text) => !text.includes("TfToken["));

const json: fc.Arbitrary<Json> = fc.letrec<{ value: Json }>((tie) => ({
  value: fc.oneof(
    { depthSize: "small" },
    awkward,
    fc.integer(),
    fc.boolean(),
    fc.array(tie("value"), { maxLength: 4 }),
    fc.dictionary(awkward, tie("value"), { maxKeys: 4, noNullPrototype: true }),
  ),
})).value;

/** Templates with the escapes and sequences that a composition can hold; none leaves `$` or `%` at its end. */
const template = fc
  .array(
    fc.oneof(
      fc.constantFrom(
        "$a",
        "%a",
        '$"',
        "$\\",
        "$\nb",
        "$${",
        "%%{",
        "$$${",
        "%%%{",
        "{",
        "}",
        '"',
        "\\",
        "\n",
        "é ",
      ),
      fc.constantFrom(
        " ",
        "${~ local.n}",
        "${local.n ~}",
        "%{ if true ~} \n\n y%{ endif }",
        "${local.n}",
        "${ local.n+1 }",
        "${-1}x",
        '%${"q$"}',
        "$%{if true}y%{ else }n%{ endif }",
      ),
      fc.constantFrom(
        '${"\\"x\\" ${local.n}"}',
        '${join(",",["a","b"])}',
        "${ {a=1, b : 2}.a}",
        "${~ local.n ~}",
      ),
      fc.constantFrom('${[for k,v in {a=1}: "${k}=${v}" if v==1 ][0]}', "${ local.n>2 ? -1:0 }"),
      fc.constantFrom(
        "${local.l[0]}",
        '${join("",local.l[ * ])}',
        "${{\n  a = 1\n  b = 2\n}.b}",
        "%{~ for x in [1,2] ~} ${x} %{~ endfor ~}",
      ),
    ),
    { maxLength: 6 },
  )
  .map((pieces) => pieces.join(""));

function evaluate(values: readonly Json[], output: "hcl" | "json"): { outputs: unknown[]; text: string } {
  return synthesized(
    (stack) => {
      new TerraformLocal(stack, "n", 3);
      new TerraformLocal(stack, "l", ["x"]);
      values.forEach((value, index) => new TerraformOutput(stack, `o${index}`, { value }));
    },
    (folder) => {
      const outputs = planOf(folder).planned_values.outputs ?? {};
      const file = fs.readdirSync(folder).find((name) => name.startsWith("cdk.tf")) ?? "";
      return {
        outputs: values.map((_, index) => outputs[`o${index}`]?.value),
        text: fs.readFileSync(path.join(folder, file), "utf8"),
      };
    },
    { output },
  );
}

describe("HCL and JSON are equivalent", () => {
  test("any text, list and map comes back as it was written", () => {
    const values = fc.sample(json, 400);
    const hcl = evaluate(values, "hcl");
    expect(hcl.outputs).toEqual(values);
    expect(evaluate(values, "json").outputs).toEqual(values);
    expect(unformatted(hcl.text)).toBe("");
  });

  test("any template evaluates equally", () => {
    const values = fc
      .sample(template, 400)
      .flatMap((text) => [text, `${text}\nsecond line\n`, { [text || "k"]: text }]);
    const hcl = evaluate(values, "hcl");
    expect(hcl.outputs).toEqual(evaluate(values, "json").outputs);
    expect(unformatted(hcl.text)).toBe("");
  });
});
