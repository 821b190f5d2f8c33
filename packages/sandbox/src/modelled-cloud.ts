import {
  type ResourceApi,
  type ObjectValue,
  type TerraformType,
  unknown,
  type Value,
} from "@cluster-ipam/terraform-provider";
import {
  defaultQuotas,
  type Faults,
  type AccountRegion,
  type ServiceError,
  type Store,
  type Transaction,
} from "@cluster-ipam/cloud-model";
import { complete } from "./computed-values/complete";
import { canonical, Fingerprint } from "./computed-values/fingerprint";
import { identityOf } from "./resource-store/identities";
import {
  claim,
  claimed,
  confirm,
  confirmAll,
  forget,
  keep,
  kept,
  keptFrom,
  type StoredResource,
  requestKey,
  stateOf,
} from "./resource-store/resource-store";
import { lookups, models } from "./models";
import { answer } from "./data-sources/assumed";
import { type Action, gone, notFound, providerError } from "./provider-errors/provider-error";
import { type ResourceContext } from "./adapters/resource-model";
import { type Session } from "./resource-store/session";
import { assertUnique } from "./resource-store/uniqueness";

export interface ModelledCloudProps {
  readonly store: Store;
  /** The run of the sandbox that this cloud answers for. */
  readonly session: Session;
  /** @default nothing goes wrong */
  readonly faults?: Faults;
  /**
   * Whether a data source whose subject does not stand is answered as if it stood: for plans of stacks
   * whose prerequisites were not deployed. @default false: an error, as in the real cloud
   */
  readonly assumePrerequisites?: boolean;
}

/**
 * The modelled cloud behind the providers. It keeps every resource; types with a model are checked
 * against, and change, what else stands.
 */
export class ModelledCloud implements ResourceApi {
  private readonly store: Store;
  private readonly session: Session;
  private readonly faults: Faults;
  private readonly assumePrerequisites: boolean;

  constructor({ store, session, faults = {}, assumePrerequisites = false }: ModelledCloudProps) {
    this.store = store;
    this.session = session;
    this.faults = faults;
    this.assumePrerequisites = assumePrerequisites;
  }

  /** Ends the session: what it made is in Terraform's state. @param interrupted whether that is not certain */
  close(interrupted: boolean): void {
    if (!interrupted) this.store.transact((transaction) => confirmAll(transaction, this.session.name));
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
      if (repeated) return stateOf(claim(transaction, repeated, unconfirmed), terraformType);
      const fingerprint = new Fingerprint(transaction.hex(40));
      assertUnique(
        transaction,
        keptFrom(terraformType, caller, complete(terraformType, planned, fingerprint)),
      );
      const decided = models[terraformType.type]?.create(context, planned) ?? {};
      const state = complete(terraformType, { ...planned, ...decided }, fingerprint);
      claim(transaction, keptFrom(terraformType, caller, state), unconfirmed);
      return state;
    });
  }

  async update(terraformType: TerraformType, prior: ObjectValue, planned: ObjectValue): Promise<ObjectValue> {
    return this.change("update", terraformType, planned, (context) => {
      const decided = models[terraformType.type]?.update?.(context, prior, planned) ?? {};
      const before = keptIn(context, prior);
      if (!before) throw gone(terraformType, prior);
      const fingerprint = new Fingerprint(context.transaction.hex(40));
      const state = complete(terraformType, { ...planned, ...decided }, fingerprint);
      forget(context.transaction, before);
      keep(context.transaction, keptFrom(terraformType, context.caller, state));
      return state;
    });
  }

  async delete(terraformType: TerraformType, state: ObjectValue): Promise<void> {
    this.change("delete", terraformType, state, (context) => {
      if (!keptIn(context, state)) return;
      models[terraformType.type]?.delete?.(context, state);
      forget(context.transaction, {
        type: terraformType.type,
        ...context.caller,
        id: identityOf(terraformType.type, state),
      });
    });
  }

  async read(terraformType: TerraformType, state: ObjectValue): Promise<ObjectValue | null> {
    return this.change("read", terraformType, state, (context) => {
      const resource = keptIn(context, state);
      if (!resource) return null;
      const found = stateOf(confirm(context.transaction, resource), terraformType);
      const decided = models[terraformType.type]?.read?.(context, found);
      return decided === null ? null : { ...found, ...decided };
    });
  }

  async import(terraformType: TerraformType, id: string): Promise<ObjectValue> {
    return this.change("import", terraformType, {}, (context) => {
      const resource = kept(context.transaction, terraformType.type, context.caller, id);
      if (resource) return stateOf(resource, terraformType);
      const found = models[terraformType.type]?.find?.(context, id);
      if (!found) throw notFound(terraformType, id);
      const state = complete(
        terraformType,
        { ...nothingIn(terraformType), id, ...found },
        new Fingerprint(id),
      );
      keep(context.transaction, keptFrom(terraformType, placeOf(terraformType, state), state));
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
        { ...nothingIn(terraformType), ...config, ...found },
        new Fingerprint(""),
      );
    if (this.assumePrerequisites) return answer(terraformType, config);
    throw notFound(terraformType, canonical(config));
  }

  /** Runs one call of the cloud, with what goes wrong in it, and words its refusals as the provider does. */
  private change<T>(
    action: Action,
    terraformType: TerraformType,
    value: ObjectValue,
    effect: (context: ResourceContext) => T,
  ): T {
    const caller = placeOf(terraformType, value);
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

  /** The resource made by the same request of a run that was killed before it could keep the answer. */
  private lostAnswer({ transaction }: ResourceContext, request: string): StoredResource | undefined {
    return claimed(transaction, request).find(({ unconfirmed }) =>
      this.session.isOver(unconfirmed?.session ?? ""),
    );
  }
}

function raise(error: ServiceError | undefined): void {
  if (error) throw error;
}

const keptIn = (
  { transaction, terraformType, caller }: ResourceContext,
  state: ObjectValue,
): StoredResource | undefined =>
  kept(transaction, terraformType.type, caller, identityOf(terraformType.type, state));

/** Where a resource stands: a type without a `region` is global. */
function placeOf({ settings, block }: TerraformType, value: ObjectValue): AccountRegion {
  const text = (name: string, otherwise: Value): string => {
    const asked = value[name];
    return typeof asked === "string" && asked !== "" ? asked : typeof otherwise === "string" ? otherwise : "";
  };
  return {
    owner: text("project", settings.owner),
    region: "region" in block.attributes ? text("region", settings.region) : "",
  };
}

/** Every member of a resource: what only a configuration says is null, the rest not known yet. */
const nothingIn = ({ block }: TerraformType): ObjectValue =>
  Object.fromEntries([
    ...Object.entries(block.attributes).map(
      ([name, { computed, required }]) => [name, computed || required ? unknown : null] as const,
    ),
    ...Object.keys(block.blocks).map((name) => [name, unknown] as const),
  ]);
