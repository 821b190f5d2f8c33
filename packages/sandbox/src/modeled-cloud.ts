import {
  type ObjectValue,
  type ResourceApi,
  type TerraformType,
  unknown,
  type Value,
} from "@cluster-ipam/terraform-provider";
import {
  type AccountRegion,
  defaultQuotas,
  type Faults,
  type ServiceError,
  type Store,
  type Transaction,
} from "@cluster-ipam/cloud-model";
import { complete } from "./computed-values/complete";
import { canonical, Fingerprint } from "./computed-values/fingerprint";
import { identityOf } from "./resource-store/identities";
import {
  claimedResources,
  claimResource,
  confirmResource,
  confirmSession,
  deleteResource,
  findResource,
  putResource,
  requestKey,
  stateOf,
  type StoredResource,
  toStoredResource,
} from "./resource-store/resource-store";
import { lookups, models } from "./models";
import { answer } from "./data-sources/assumed";
import { type Action, gone, notFound, providerError } from "./provider-errors/provider-error";
import { type ResourceContext, type ResourceModel } from "./adapters/resource-model";
import { type Session } from "./resource-store/session";
import { assertUnique } from "./resource-store/uniqueness";

export interface ModeledCloudProps {
  readonly store: Store;
  /** The run of the sandbox that the cloud serves. */
  readonly session: Session;
  /** Injected faults, for tests. @default none */
  readonly faults?: Faults;
  /**
   * Whether a data source returns made-up results if its object does not exist: for plans of stacks whose prerequisites
   * are not deployed. @default false: an error, as in the real cloud
   */
  readonly assumePrerequisites?: boolean;
  /** Whether a resource that only Terraform's state has exists as it is there. @default false: it is gone */
  readonly assumeStates?: boolean;
}

/**
 * The modeled cloud behind the providers. It stores every resource as Terraform last saw it; the adapter of a type, if
 * there is one, sends the cloud's model the requests that the real provider would send.
 */
export class ModeledCloud implements ResourceApi {
  private readonly store: Store;
  private readonly session: Session;
  private readonly faults: Faults;
  private readonly assumePrerequisites: boolean;
  private readonly assumeStates: boolean;

  constructor(props: ModeledCloudProps) {
    const { store, session, faults = {}, assumePrerequisites = false, assumeStates = false } = props;
    this.store = store;
    this.session = session;
    this.faults = faults;
    this.assumePrerequisites = assumePrerequisites;
    this.assumeStates = assumeStates;
  }

  /** Ends the session. @param interrupted whether resources may be missing from Terraform's state */
  close(interrupted: boolean): void {
    if (!interrupted) this.store.transact((transaction) => confirmSession(transaction, this.session.name));
    this.session.close();
  }

  async create(terraformType: TerraformType, planned: ObjectValue): Promise<ObjectValue> {
    return this.change("create", terraformType, planned, (context) => {
      const { transaction, caller } = context;
      const unconfirmed = {
        session: this.session.name,
        request: requestKey(terraformType.type, caller, canonical(planned)),
      };
      const repeated = this.lostAnswer(context, unconfirmed.request);
      if (repeated) return stateOf(claimResource(transaction, repeated, unconfirmed), terraformType);
      const fingerprint = new Fingerprint(transaction.hex(40));
      assertUnique(
        transaction,
        toStoredResource(terraformType, caller, complete(terraformType, planned, fingerprint)),
      );
      const model = models[terraformType.type];
      const decided = { ...model?.create(context, planned), ...unreadIn(model, planned) };
      const state = complete(terraformType, { ...planned, ...decided }, fingerprint);
      claimResource(transaction, toStoredResource(terraformType, caller, state), unconfirmed);
      return state;
    });
  }

  async update(terraformType: TerraformType, prior: ObjectValue, planned: ObjectValue): Promise<ObjectValue> {
    return this.change("update", terraformType, planned, (context) => {
      const model = models[terraformType.type];
      const decided = { ...model?.update?.(context, prior, planned), ...unreadIn(model, planned) };
      const before = storedResource(context, prior);
      if (!before) throw gone(terraformType, prior);
      const fingerprint = new Fingerprint(context.transaction.hex(40));
      const state = complete(terraformType, { ...planned, ...decided }, fingerprint);
      deleteResource(context.transaction, before);
      putResource(context.transaction, toStoredResource(terraformType, context.caller, state));
      return state;
    });
  }

  async delete(terraformType: TerraformType, state: ObjectValue): Promise<void> {
    this.change("delete", terraformType, state, (context) => {
      if (!storedResource(context, state)) return;
      models[terraformType.type]?.delete?.(context, state);
      deleteResource(context.transaction, {
        type: terraformType.type,
        ...context.caller,
        id: identityOf(terraformType.type, state),
      });
    });
  }

  async read(terraformType: TerraformType, state: ObjectValue): Promise<ObjectValue | null> {
    return this.change("read", terraformType, state, (context) => {
      const resource = storedResource(context, state);
      if (!resource) return this.assumeStates ? adopted(terraformType, state) : null;
      const found = stateOf(confirmResource(context.transaction, resource), terraformType);
      const model = models[terraformType.type];
      const decided = model?.read?.(context, found);
      return decided === null ? null : { ...found, ...decided, ...unreadIn(model, state) };
    });
  }

  async import(terraformType: TerraformType, id: string): Promise<ObjectValue> {
    return this.change("import", terraformType, {}, (context) => {
      const model = models[terraformType.type];
      const found = model?.find?.(context, id);
      const known = found ? identityOf(terraformType.type, { id, ...found }) : id;
      const resource = findResource(context.transaction, terraformType.type, context.caller, known);
      if (!resource && !found) throw notFound(terraformType, id);
      const unread = unreadIn(model, found ?? {});
      if (resource) return { ...stateOf(resource, terraformType), ...unread };
      const state = complete(
        terraformType,
        { ...unknownState(terraformType), id, ...found, ...unread },
        new Fingerprint(id),
      );
      putResource(
        context.transaction,
        toStoredResource(terraformType, callerOf(terraformType, state), state),
      );
      return state;
    });
  }

  async readDataSource(terraformType: TerraformType, config: ObjectValue): Promise<ObjectValue> {
    const lookup = lookups[terraformType.type];
    if (!lookup) return answer(terraformType, config);
    const found = this.change("read", terraformType, config, (context) => lookup(context, config));
    if (found)
      return complete(
        terraformType,
        { ...unknownState(terraformType), ...config, ...found },
        new Fingerprint(""),
      );
    if (this.assumePrerequisites) return answer(terraformType, config);
    throw notFound(terraformType, canonical(config));
  }

  /** Runs one call in a transaction, with injected faults, and formats its errors as the provider does. */
  private change<T>(
    action: Action,
    terraformType: TerraformType,
    value: ObjectValue,
    effect: (context: ResourceContext) => T,
  ): T {
    const caller = callerOf(terraformType, value);
    const call = { action: `${action} ${terraformType.type}`, ...caller };
    const quotas = { ...defaultQuotas, ...this.faults.quotas };
    const inContext = (transaction: Transaction) => effect({ transaction, terraformType, caller, quotas });
    try {
      raise(this.faults.before?.(call));
      const behind = action === "read" ? (this.faults.staleness?.(call) ?? 0) : 0;
      const result = behind > 0 ? this.store.viewBehind(behind, inContext) : this.store.transact(inContext);
      raise(this.faults.after?.(call));
      return result;
    } catch (error) {
      throw providerError(action, terraformType, value, error as Error);
    }
  }

  /** The resource that the same request created in a run that was killed before Terraform stored the response. */
  private lostAnswer({ transaction }: ResourceContext, request: string): StoredResource | undefined {
    return claimedResources(transaction, request).find(({ unconfirmed }) =>
      this.session.isOver(unconfirmed?.session ?? ""),
    );
  }
}

function raise(error: ServiceError | undefined): void {
  if (error) throw error;
}

const storedResource = (
  { transaction, terraformType, caller }: ResourceContext,
  state: ObjectValue,
): StoredResource | undefined =>
  findResource(transaction, terraformType.type, caller, identityOf(terraformType.type, state));

/** The arguments that a type's provider does not read, as a state has them; null where it has none. */
const unreadIn = (model: ResourceModel | undefined, state: ObjectValue): ObjectValue =>
  Object.fromEntries((model?.unread ?? []).map((name) => [name, state[name] ?? null] as const));

/**
 * A resource that the real provider wrote to a state, as a read by the served release returns it. Releases of
 * hashicorp/aws before 6.0 have no `region`.
 */
const adopted = ({ type, block, settings }: TerraformType, state: ObjectValue): ObjectValue =>
  type.startsWith("aws_") && "region" in block.attributes
    ? { ...state, region: state["region"] ?? settings.region }
    : state;

/** Account and Region of a resource. A type without `region` is global. */
function callerOf({ settings, block }: TerraformType, value: ObjectValue): AccountRegion {
  const text = (name: string, otherwise: Value): string => {
    const configured = value[name];
    if (typeof configured === "string" && configured !== "") return configured;
    return typeof otherwise === "string" ? otherwise : "";
  };
  return {
    owner: text("project", settings.owner),
    region: "region" in block.attributes ? text("region", settings.region) : "",
  };
}

/** A state in which configured-only members are null and all others are unknown. */
const unknownState = ({ block }: TerraformType): ObjectValue =>
  Object.fromEntries([
    ...Object.entries(block.attributes).map(
      ([name, { computed, required }]) => [name, computed || required ? unknown : null] as const,
    ),
    ...Object.keys(block.blocks).map((name) => [name, unknown] as const),
  ]);
