import { parseExactJson } from "../value/exact-number";
import { type BlockSchema, type ResourceSchema, typeOf, withEmptyBlocks } from "../schema/type-schema";
import { type Diagnostic, DiagnosticError, type Path } from "../value/diagnostic";
import { fromStateJson } from "../value/state-json";
import { type CtyType, isObject, type ObjectValue, type Value } from "../value/value";
import { type CallName } from "./descriptor";
import { decodeValue, encodeValue } from "./msgpack";
import { schemaMessage } from "./schema-message";
import { type Change, type TerraformProvider } from "./terraform-provider";

type WireValue = { readonly msgpack?: Uint8Array } | undefined;

/** A decoded request: the union of the requests in `descriptor.ts`; each call reads its own fields. */
export interface Message {
  readonly typeName: string;
  readonly id: string;
  readonly config?: WireValue;
  readonly rawState?: { readonly json: Uint8Array };
  /** Schema version of `rawState`. */
  readonly version?: number | { toString(): string };
  readonly currentState?: WireValue;
  readonly priorState?: WireValue;
  readonly proposedNewState?: WireValue;
  readonly plannedState?: WireValue;
  readonly private?: Uint8Array;
  readonly priorPrivate?: Uint8Array;
  readonly plannedPrivate?: Uint8Array;
}

/** Handlers of the plugin protocol's calls for one provider instance. */
export type Service = Record<CallName, (request: Message) => Promise<object>>;

/** A state of an earlier release lacks what later ones compute: a refresh writes it, at least as an empty collection. */
function withLaterMembers(block: BlockSchema, state: Readonly<Record<string, unknown>>): object {
  const later: Record<string, unknown> = {};
  for (const [name, { computed, type }] of Object.entries(block.attributes))
    if (computed && typeof type !== "string" && (state[name] ?? null) === null)
      later[name] = type[0] === "map" ? {} : [];
  return { ...state, ...later };
}

/** Serves a provider over the protocol: decodes requests, encodes responses, turns errors into diagnostics. */
export function serviceOf(provider: TerraformProvider): Service {
  const resource = (name: string) => known(provider.schema().resources, name, "resource type");
  const dataSource = (name: string) => known(provider.schema().dataSources, name, "data source");
  const providerType = () => typeOf(provider.schema().provider.block);

  const change = (request: Message, target: WireValue, type: CtyType): Change => ({
    prior: objectFrom(request.priorState, type),
    proposed: objectFrom(target, type),
    config: objectFrom(request.config, type),
  });

  return {
    GetSchema: answer(async () => schemaMessage(provider.discoverSchema())),
    PrepareProviderConfig: answer(async ({ config }) => ({
      preparedConfig: config,
      diagnostics: messages(provider.validateProvider(objectFrom(config, providerType())!)),
    })),
    Configure: answer(async ({ config }) => ({
      diagnostics: messages(provider.configure(objectFrom(config, providerType())!)),
    })),
    ValidateResourceTypeConfig: answer(async ({ typeName, config }) => {
      const type = typeOf(resource(typeName).block);
      return { diagnostics: messages(provider.validateResource(typeName, objectFrom(config, type)!)) };
    }),
    ValidateDataSourceConfig: answer(async ({ typeName, config }) => {
      const type = typeOf(dataSource(typeName).block);
      return { diagnostics: messages(provider.validateDataSource(typeName, objectFrom(config, type)!)) };
    }),
    UpgradeResourceState: answer(async ({ typeName, rawState, version = 0 }) => {
      const { block, framework = false } = resource(typeName);
      const type = typeOf(block);
      const json = parseExactJson(Buffer.from(rawState!.json).toString("utf8")) as Record<string, unknown>;
      const upgraded = provider.upgradeState(typeName, Number(version), json) as Record<string, unknown>;
      const state = fromStateJson(withLaterMembers(block, upgraded), type);
      const read = framework || !isObject(state) ? state : withEmptyBlocks(block, state);
      return { upgradedState: wire(read, type) };
    }),
    ReadResource: answer(async ({ typeName, currentState, private: kept }) => {
      const type = typeOf(resource(typeName).block);
      const state = await provider.read(typeName, objectFrom(currentState, type)!);
      return { newState: wire(state, type), private: kept };
    }),
    PlanResourceChange: answer(async (request) => {
      const type = typeOf(resource(request.typeName).block);
      const { planned, requiresReplace } = provider.plan(
        request.typeName,
        change(request, request.proposedNewState, type),
      );
      return {
        plannedState: wire(planned, type),
        requiresReplace: requiresReplace.map(pathMessage),
        plannedPrivate: request.priorPrivate,
        legacyTypeSystem: true,
      };
    }),
    ApplyResourceChange: answer(async (request) => {
      const type = typeOf(resource(request.typeName).block);
      const { state, diagnostics } = await provider.apply(
        request.typeName,
        change(request, request.plannedState, type),
      );
      return {
        newState: wire(state, type),
        private: request.plannedPrivate,
        diagnostics: messages(diagnostics),
        legacyTypeSystem: true,
      };
    }),
    ImportResourceState: answer(async ({ typeName, id }) => {
      const type = typeOf(resource(typeName).block);
      const state = await provider.import(typeName, id);
      return { importedResources: [{ typeName, state: wire(state, type) }] };
    }),
    ReadDataSource: answer(async ({ typeName, config }) => {
      const type = typeOf(dataSource(typeName).block);
      return { state: wire(await provider.readDataSource(typeName, objectFrom(config, type)!), type) };
    }),
    Stop: answer(async () => ({})),
  };
}

const answer =
  (handle: (request: Message) => Promise<object>) =>
  async (request: Message): Promise<object> => {
    try {
      return await handle(request);
    } catch (error) {
      if (error instanceof DiagnosticError) return { diagnostics: messages([error.diagnostic]) };
      throw error;
    }
  };

function known(types: Readonly<Record<string, ResourceSchema>>, name: string, what: string): ResourceSchema {
  const schema = types[name];
  if (!schema) throw new DiagnosticError({ summary: `The sandbox does not know the ${what} ${name}` });
  return schema;
}

const wire = (value: Value, type: CtyType): object => ({ msgpack: encodeValue(value, type) });

const objectFrom = (value: WireValue, type: CtyType): ObjectValue | null =>
  decodeValue(value?.msgpack, type) as ObjectValue | null;

const messages = (diagnostics: readonly Diagnostic[]): readonly object[] =>
  diagnostics.map(({ severity = "error", summary, detail = "", path = [] }) => ({
    severity: severity === "error" ? 1 : 2,
    summary,
    detail,
    ...(path.length > 0 ? { attribute: pathMessage(path) } : {}),
  }));

const pathMessage = (path: Path): object => ({
  steps: path.map((step) =>
    typeof step === "string"
      ? { attributeName: step }
      : typeof step === "number"
        ? { elementKeyInt: step }
        : { elementKeyString: step.key },
  ),
});
