import { type RequestContext } from "../../../request-context";
import { type Transaction } from "../../../store/transaction";
import { type JsonObject } from "../rest/json-body";

/** A kind of resource of Compute Engine: what its methods do in the cloud's model. */
export interface ResourceType {
  /** `networks` */
  readonly collection: string;
  /** Schema of the resource, and its `kind` behind `compute#`. */
  readonly schema: string;
  /** Where it can be. */
  readonly scopes: readonly ("global" | "region")[];
  /** The methods that change it. @default insert and delete alone */
  readonly changes?: readonly ("patch" | "update")[];
  /** Members that no change may change. */
  readonly fixed: readonly string[];
  /** Whether a change must name the current fingerprint. @default false */
  readonly fingerprint?: "fingerprint" | "labelFingerprint";
  /** What Google sets where a request leaves it out. */
  defaults(body: JsonObject): JsonObject;
  /** Members that the query's `views` add, by view. @default none */
  readonly views?: Readonly<Record<string, (context: RequestContext, id: string) => JsonObject>>;
  /** The full names of all that exist, in any project. */
  all(transaction: Transaction): readonly string[];
  /** Creates it. @returns the full name @throws ServiceError */
  insert(context: RequestContext, body: JsonObject): string;
  /** Changes it. @param body the members that change @throws ServiceError @default nothing that is modeled changes */
  change?(context: RequestContext, id: string, body: JsonObject): void;
  /** Deletes it. @throws ServiceError */
  remove(context: RequestContext, id: string): void;
  /** What the cloud's model knows of it, which may differ from what was sent. @param body what was sent */
  known(context: RequestContext, id: string, body: JsonObject): JsonObject;
}
