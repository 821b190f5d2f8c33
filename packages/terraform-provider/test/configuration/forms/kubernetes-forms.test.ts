import { kubernetesForms } from "../../../src/configuration/forms/kubernetes-forms";
import { type Value } from "../../../src/value/value";

/** By form: values that hashicorp/kubernetes accepts, and values that it refuses. */
const samples: Readonly<Record<string, readonly [accepted: readonly Value[], refused: readonly Value[]]>> = {
  "object-name": [
    ["a", "a.b", "a-1", "a".repeat(253)],
    ["", "A", "a_b", "-a", "a.", "a".repeat(254)],
  ],
  "name-prefix": [
    ["a", "a-", "a1", "a".repeat(63)],
    ["", "A-", "a.", "-", "a".repeat(64)],
  ],
  "path-segment": [
    ["a:b", "A_b", "", "system:node"],
    [".", "..", "a/b", "10%"],
  ],
  labels: [
    [{}, { a: "" }, { "example.com/a": "B_1" }],
    [{ a: "x y" }, { "-a": "b" }, { a: "b".repeat(64) }, { "a/b/c": "d" }, { "/a": "b" }, { "": "b" }],
  ],
  annotations: [
    [{ A: "x y" }, { "EXAMPLE.com/a": "b" }],
    [{ "a b": "c" }, { "a/": "b" }, { "x_y/a": "b" }],
  ],
  "base64-map": [
    [{ a: "" }, { a: "YQ==" }, { a: "YWI=" }],
    [{ a: "YQ" }, { a: "!" }, { a: "YQ=" }],
  ],
  quantity: [
    ["0", "1.5", "500m", "1Gi", "1e3", "1E", "-1", "+1"],
    ["", "x", "1K", "1 Gi", "1ki", "Gi", "1e3Gi"],
  ],
  quantities: [
    [{}, { cpu: "500m", memory: "1Gi" }],
    [{ cpu: "x" }, { memory: "1GB" }],
  ],
  port: [
    [1, 65_535, "80", "http", "a-1"],
    [0, 65_536, "0", "70000", "A", "a--b", "-a", "1a1a1a1a1a1a1a1a"],
  ],
  mode: [
    ["0", "0644", "0777"],
    ["644", "0778", "01000", "", "0x1"],
  ],
  "relative-path": [
    ["", "a/b", "a..b"],
    ["/a", "a/../b", "..a", ".."],
  ],
  "whole-number-text": [
    ["", "0", "-1", "9223372036854775807"],
    ["a", "1.5", "9223372036854775808"],
  ],
  ip: [
    ["10.0.0.1", "fd00::1"],
    ["10.0.0.0/8", "a", ""],
  ],
  "not-blank": [["a"], ["", " \t"]],
  "regular-expression": [
    ["^a.*$", ""],
    ["(", "[a"],
  ],
};

test.each(Object.entries(samples))("%s", (name, [accepted, refused]) => {
  const form = kubernetesForms[name]!;
  expect(accepted.filter((value) => form(value) !== undefined)).toEqual([]);
  expect(refused.filter((value) => form(value) === undefined)).toEqual([]);
});

test("every form has samples", () => {
  expect(Object.keys(samples).sort()).toEqual(Object.keys(kubernetesForms).sort());
});
