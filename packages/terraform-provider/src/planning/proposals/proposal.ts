import { type Settings } from "../../configuration/settings";
import { type BlockSchema } from "../../schema/type-schema";
import { type ObjectValue } from "../../value/value";

/** A change before it is planned. */
export interface ProposalContext {
  readonly type: string;
  readonly block: BlockSchema;
  readonly settings: Settings;
  /** Null on create. */
  readonly prior: ObjectValue | null;
  readonly proposed: ObjectValue;
  readonly config: ObjectValue;
}

/** Nothing but what is proposed. */
export const NOTHING: ObjectValue = {};

/** A provider's own values (`SetNew` of the SDK's `CustomizeDiff`): the members to propose in place of others. */
export type Proposal = (context: ProposalContext) => ObjectValue;
