import { loadSchema } from "../../src/catalogue/generated";
import { providerNames } from "../../src/bindings/bindings";
import { type BlockSchema } from "../../src/schema/type-schema";

/** Members whose default is not of their own type. */
function misfits({ attributes, blocks }: BlockSchema, at: string): readonly string[] {
  const own = Object.entries(attributes).filter(
    ([, { type, default: value }]) =>
      value !== undefined && type !== (typeof value === "boolean" ? "bool" : typeof value),
  );
  return [
    ...own.map(([name]) => `${at}.${name}`),
    ...Object.entries(blocks).flatMap(([name, { block }]) => misfits(block, `${at}.${name}`)),
  ];
}

test.each(providerNames)("every default of %s is of its member's type", (provider) => {
  const { resources, dataSources } = loadSchema(provider);
  const types = [...Object.entries(resources), ...Object.entries(dataSources)];
  expect(types.flatMap(([type, { block }]) => misfits(block, type))).toEqual([]);
});
