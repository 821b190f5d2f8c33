import {
  argument,
  type ArgumentContext,
  asList,
  asObject,
  type JsonObject,
  reference,
  renderSettings,
} from "./arguments";
import { type Argument, type Block, type Body } from "./block";
import { type Json } from "./value";

const leading = ["count", "for_each", "provider"];
const blocks = ["lifecycle", "provisioner", "connection"];

/** Renders the body of a resource or data source: its own arguments and the meta-arguments. */
export function renderElement(json: JsonObject, context: ArgumentContext): Body {
  const settings: Record<string, Json> = { ...json };
  for (const name of [...leading, ...blocks, "depends_on"]) delete settings[name];
  const body = renderSettings(settings, context);
  return {
    lead: leading.flatMap((name) => optional(json[name], (value) => metaArgument(name, value))),
    arguments: body.arguments,
    blocks: [
      ...(body.blocks ?? []),
      ...optional(json["connection"], (value) => plainBlock("connection", [], value)),
      ...provisioners(json["provisioner"]),
      ...optional(json["lifecycle"], lifecycle),
    ],
    tail: dependsOn(json["depends_on"]),
  };
}

/** `depends_on` as bare references; quoted ones are deprecated. */
export function dependsOn(value: Json | undefined): Argument[] {
  return optional(value, (names) => reference("depends_on", names));
}

/** Check blocks (`precondition`, `validation` …), one per entry. */
export function conditions(type: string, value: Json | undefined): Block[] {
  return optional(value, asList).flatMap((items) => items.map((item) => plainBlock(type, [], item)));
}

/** A block without nested blocks. */
export function plainBlock(type: string, labels: readonly string[], value: Json): Block {
  const args = Object.entries(asObject(value)).filter(([name, setting]) => name !== "//" && setting !== null);
  return { type, labels, body: { arguments: args.map(([name, setting]) => argument(name, setting)) } };
}

function metaArgument(name: string, value: Json): Argument {
  return name === "provider" ? reference(name, value) : argument(name, value);
}

function lifecycle(value: Json): Block {
  const { precondition, postcondition, ...settings } = asObject(value);
  const names = ["ignore_changes", "replace_triggered_by"];
  const args = Object.entries(settings)
    .filter(([, setting]) => setting !== null)
    .map(([name, setting]) => (names.includes(name) ? reference(name, setting) : argument(name, setting)));
  return {
    type: "lifecycle",
    labels: [],
    body: {
      arguments: args,
      blocks: [...conditions("precondition", precondition), ...conditions("postcondition", postcondition)],
    },
  };
}

function provisioners(value: Json | undefined): Block[] {
  const entries = optional(value, asList).flatMap((items) =>
    items.flatMap((item) => Object.entries(asObject(item))),
  );
  return entries.map(([type, settings]) => {
    const { connection, when, on_failure, ...others } = asObject(settings);
    const { body } = plainBlock("provisioner", [type], others);
    const words = [
      ...optional(when, (word) => reference("when", word)),
      ...optional(on_failure, (word) => reference("on_failure", word)),
    ];
    const inner = optional(connection, (item) => plainBlock("connection", [], item));
    return {
      type: "provisioner",
      labels: [type],
      body: { arguments: [...body.arguments, ...words], blocks: inner },
    };
  });
}

function optional<T>(value: Json | undefined, render: (value: Json) => T): T[] {
  return value === undefined || value === null ? [] : [render(value)];
}
