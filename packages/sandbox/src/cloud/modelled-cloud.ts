import { type ObjectValue, unknown, type Value } from "../plugin/value";
import { type Store } from "../store/store";
import { type Transaction } from "../store/transaction";
import { type Cloud, type Subject } from "./cloud";
import { complete } from "./completion";
import { type Faults } from "./faults";
import { canonical, Fingerprint } from "./fingerprint";
import { identityOf } from "./identities";
import {
  claim,
  claimed,
  confirm,
  confirmAll,
  forget,
  keep,
  kept,
  keptFrom,
  type KeptResource,
  requestKey,
  stateOf,
} from "./kept-resource";
import { lookups, models } from "./models";
import { answer } from "./queries";
import { defaultQuotas } from "./quotas";
import { type Action, gone, notFound, refusal } from "./refusal";
import { type Place, type Scene } from "./resource-model";
import { type ServiceError } from "./service-error";
import { type Session } from "./session";
import { refuseTwin } from "./twin";

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
export class ModelledCloud implements Cloud {
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

  async create(subject: Subject, planned: ObjectValue): Promise<ObjectValue> {
    return this.change("create", subject, planned, (scene) => {
      const { transaction, place } = scene;
      const unconfirmed = {
        session: this.session.name,
        request: requestKey(subject.type, place, canonical(planned)),
      };
      const repeated = this.lostAnswer(scene, unconfirmed.request);
      if (repeated) return stateOf(claim(transaction, repeated, unconfirmed), subject);
      const fingerprint = new Fingerprint(transaction.hex(40));
      // The name comes first: what a model would say of something made twice is beside the point.
      refuseTwin(transaction, keptFrom(subject, place, complete(subject, planned, fingerprint)));
      const decided = models[subject.type]?.create(scene, planned) ?? {};
      const state = complete(subject, { ...planned, ...decided }, fingerprint);
      claim(transaction, keptFrom(subject, place, state), unconfirmed);
      return state;
    });
  }

  async update(subject: Subject, prior: ObjectValue, planned: ObjectValue): Promise<ObjectValue> {
    return this.change("update", subject, planned, (scene) => {
      const decided = models[subject.type]?.update?.(scene, prior, planned) ?? {};
      const before = keptIn(scene, prior);
      if (!before) throw gone(subject, prior);
      const fingerprint = new Fingerprint(scene.transaction.hex(40));
      const state = complete(subject, counted(prior, { ...planned, ...decided }), fingerprint);
      forget(scene.transaction, before);
      keep(scene.transaction, keptFrom(subject, scene.place, state));
      return state;
    });
  }

  async delete(subject: Subject, state: ObjectValue): Promise<void> {
    this.change("delete", subject, state, (scene) => {
      if (!keptIn(scene, state)) return;
      models[subject.type]?.delete?.(scene, state);
      forget(scene.transaction, { type: subject.type, ...scene.place, id: identityOf(subject.type, state) });
    });
  }

  async read(subject: Subject, state: ObjectValue): Promise<ObjectValue | null> {
    return this.change("read", subject, state, (scene) => {
      const resource = keptIn(scene, state);
      if (!resource) return null;
      const found = stateOf(confirm(scene.transaction, resource), subject);
      const decided = models[subject.type]?.read?.(scene, found);
      return decided === null ? null : { ...found, ...decided };
    });
  }

  async import(subject: Subject, id: string): Promise<ObjectValue> {
    return this.change("import", subject, {}, (scene) => {
      const resource = kept(scene.transaction, subject.type, scene.place, id);
      if (resource) return stateOf(resource, subject);
      const found = models[subject.type]?.find?.(scene, id);
      if (!found) throw notFound(subject, id);
      const state = complete(subject, { ...nothingIn(subject), id, ...found }, new Fingerprint(id));
      keep(scene.transaction, keptFrom(subject, placeOf(subject, state), state));
      return state;
    });
  }

  async query(subject: Subject, config: ObjectValue): Promise<ObjectValue> {
    const lookup = lookups[subject.type];
    if (!lookup) return answer(subject, config);
    const found = this.change("read", subject, config, (scene) => lookup(scene, config));
    if (found) return complete(subject, { ...nothingIn(subject), ...config, ...found }, new Fingerprint(""));
    if (this.assumePrerequisites) return answer(subject, config);
    throw notFound(subject, canonical(config));
  }

  /** Runs one call of the cloud, with what goes wrong in it, and words its refusals as the provider does. */
  private change<T>(action: Action, subject: Subject, value: ObjectValue, effect: (scene: Scene) => T): T {
    const place = placeOf(subject, value);
    const call = { action: `${action} ${subject.type}`, ...place };
    const quotas = { ...defaultQuotas, ...this.faults.quotas };
    const inScene = (transaction: Transaction) => effect({ transaction, subject, place, quotas });
    try {
      raise(this.faults.before?.(call));
      const behind = action === "read" ? (this.faults.staleness?.(call) ?? 0) : 0;
      const result = behind > 0 ? this.store.viewBehind(behind, inScene) : this.store.transact(inScene);
      raise(this.faults.after?.(call));
      return result;
    } catch (error) {
      throw refusal(action, subject, value, error as Error);
    }
  }

  /** The resource made by the same request of a run that was killed before it could keep the answer. */
  private lostAnswer({ transaction }: Scene, request: string): KeptResource | undefined {
    return claimed(transaction, request).find(({ unconfirmed }) =>
      this.session.isOver(unconfirmed?.session ?? ""),
    );
  }
}

function raise(error: ServiceError | undefined): void {
  if (error) throw error;
}

const keptIn = ({ transaction, subject, place }: Scene, state: ObjectValue): KeptResource | undefined =>
  kept(transaction, subject.type, place, identityOf(subject.type, state));

/** Where a resource stands: a type without a `region` is global. */
function placeOf({ settings, block }: Subject, value: ObjectValue): Place {
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
const nothingIn = ({ block }: Subject): ObjectValue =>
  Object.fromEntries([
    ...Object.entries(block.attributes).map(
      ([name, { computed, required }]) => [name, computed || required ? unknown : null] as const,
    ),
    ...Object.keys(block.blocks).map((name) => [name, unknown] as const),
  ]);

/** A launch template's versions count up. */
function counted(prior: ObjectValue, planned: ObjectValue): ObjectValue {
  const latest = planned["latest_version"] === unknown ? Number(prior["latest_version"]) + 1 : undefined;
  if (latest === undefined && planned["default_version"] !== unknown) return planned;
  const version = latest ?? planned["latest_version"] ?? null;
  return {
    ...planned,
    latest_version: version,
    default_version: planned["default_version"] === unknown ? version : (planned["default_version"] ?? null),
  };
}
