import { type Json, Kind } from "./store/kind";
import { type Transaction } from "./store/transaction";
import { type AccountRegion } from "./request-context";

/** A resource without a model of its own, as the provider that made it recorded it. */
export interface RecordedResource extends AccountRegion {
  readonly id: string;
  readonly state: Json;
}

const kinds = new Map<string, Kind<RecordedResource>>();

/** Every recorded resource of a type, in any account and Region. */
export function recordedResources(transaction: Transaction, type: string): readonly RecordedResource[] {
  let kind = kinds.get(type);
  if (!kind) kinds.set(type, (kind = new Kind(`terraform/${type}`)));
  return [...transaction.all(kind)];
}
