import { type ObjectValue } from "../plugin/value";
import { type Settings } from "../provider/settings";
import { type BlockSchema } from "../schema/type-schema";

/** The kind of thing a provider asks about, and for which account and Region. */
export interface Subject {
  /** Terraform type, `aws_vpc`. */
  readonly type: string;
  readonly block: BlockSchema;
  readonly settings: Settings;
}

/**
 * What stands behind the providers. Every method may throw `DiagnosticError` with the words of the
 * real service.
 */
export interface Cloud {
  /** Makes a resource; unknown members of `planned` become known. */
  create(subject: Subject, planned: ObjectValue): Promise<ObjectValue>;
  /** Changes a resource in place; unknown members of `planned` become known. */
  update(subject: Subject, prior: ObjectValue, planned: ObjectValue): Promise<ObjectValue>;
  delete(subject: Subject, state: ObjectValue): Promise<void>;
  /** The resource as it stands, or null when it is gone. */
  read(subject: Subject, state: ObjectValue): Promise<ObjectValue | null>;
  /** An existing resource by its import id. */
  import(subject: Subject, id: string): Promise<ObjectValue>;
  /** Answers a data source. */
  query(subject: Subject, config: ObjectValue): Promise<ObjectValue>;
}
