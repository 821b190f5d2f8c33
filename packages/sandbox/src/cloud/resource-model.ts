import { type ObjectValue } from "../plugin/value";
import { type Transaction } from "../store/transaction";
import { type Subject } from "./cloud";
import { type Quotas } from "./quotas";

/** On whose behalf, and where, something is done. */
export interface Place {
  /** AWS account id, Google project, or the address of a Kubernetes API. */
  readonly owner: string;
  /** AWS or Google Region; empty where there is none. */
  readonly region: string;
}

/** What a model works with: one transaction of the cloud, and what Terraform asked for. */
export interface Scene {
  readonly transaction: Transaction;
  readonly subject: Subject;
  readonly place: Place;
  readonly quotas: Quotas;
}

/**
 * How the cloud treats one Terraform type beyond keeping it. The members a model returns are laid over
 * what was planned; members that stay unknown then get values from the type's templates. Every method
 * may throw `ServiceError`, and then nothing has happened.
 */
export interface ResourceModel {
  /** Checks and makes. @returns the members the service decides, such as `id` and an allocated CIDR */
  create(scene: Scene, planned: ObjectValue): ObjectValue;
  /** Checks and changes in place. @default accepted as planned */
  update?(scene: Scene, prior: ObjectValue, planned: ObjectValue): ObjectValue;
  /** Checks and removes. @default accepted */
  delete?(scene: Scene, state: ObjectValue): void;
  /**
   * What the service says now, laid over what is kept, or null when it is gone.
   * @default what is kept
   */
  read?(scene: Scene, state: ObjectValue): ObjectValue | null;
  /**
   * A resource that Terraform did not make, by its import id: the members the service knows.
   * @default only what Terraform made can be imported
   */
  find?(scene: Scene, id: string): ObjectValue | undefined;
}

/** Models by Terraform type. */
export type ResourceModels = { readonly [type: string]: ResourceModel };

/**
 * Answers a data source from what stands: the members the service knows, or undefined when nothing
 * stands that was asked for. @throws ServiceError
 */
export type Lookup = (scene: Scene, config: ObjectValue) => ObjectValue | undefined;

/** Lookups by Terraform data source. */
export type Lookups = { readonly [type: string]: Lookup };
