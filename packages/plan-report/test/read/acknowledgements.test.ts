import { allowsSameChange, parseAcknowledgements } from "../../src/read/acknowledgements";

const RESOURCE = "environment: prod, stack: n, address: a.b, action: destroy";
const CLUSTER = "environment: prod, cluster: shop, action: retire";
const BLOCK = "environment: network, block: aws/eu-central-1, action: move";
const REASON = ", reason: drained on Monday";
const entry = (members: string) => `- {${members}}`;
const parsed = (members: string) => parseAcknowledgements(entry(members + REASON))[0]!;

test("reads entries of the three shapes, and an empty file", () => {
  const yaml = [RESOURCE, CLUSTER, BLOCK].map((members) => entry(members + REASON)).join("\n");
  expect(parseAcknowledgements(yaml).map(({ action }) => action)).toEqual(["destroy", "retire", "move"]);
  expect(parseAcknowledgements("# nothing yet\n")).toEqual([]);
});

test.each([
  [
    `${RESOURCE}, reason: yes`,
    /^acknowledgements.yaml: entry 1: reason: say why in 10 characters or more; write an/,
  ],
  [
    RESOURCE,
    /entry 1: reason: say why; write an entry with environment, stack, address, action: destroy and reason$/,
  ],
  [
    `${CLUSTER}, stack: n${REASON}`,
    /entry 1: .*"stack".*; write an entry with environment, cluster, action: retire/,
  ],
  [
    `environment: prod, stack: n, action: move${REASON}`,
    /entry 1: block: write a name; write .* block, action: move/,
  ],
  [
    `environment: prod, cluster: shop, action: remove${REASON}`,
    /entry 1: action: .*; write a list of entries: action is destroy or replace .*, retire .*, free or move/,
  ],
])("%s is refused in one sentence", (members, sentence) => {
  expect(() => parseAcknowledgements(entry(members))).toThrow(sentence);
});

test("a file that is no list, or no YAML, is refused", () => {
  expect(() => parseAcknowledgements("environment: prod")).toThrow(
    /^acknowledgements.yaml: .*write a list of/,
  );
  expect(() => parseAcknowledgements("- [")).toThrow(/^acknowledgements.yaml: this is not valid YAML/);
});

test("two entries allow the same change whatever their reasons, and only then", () => {
  const all = [RESOURCE, CLUSTER, BLOCK, BLOCK.replace("move", "free"), CLUSTER.replace("shop", "lab")].map(
    parsed,
  );
  for (const [a, one] of all.entries())
    for (const [b, other] of all.entries())
      expect(allowsSameChange(one, { ...other, reason: "another reason" } as typeof other)).toBe(a === b);
});
