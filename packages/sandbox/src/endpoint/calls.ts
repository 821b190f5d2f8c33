import { type Call, type Faults } from "../cloud/faults";
import { defaultQuotas } from "../cloud/quotas";
import { type Scene } from "../cloud/resource-model";
import { ServiceError } from "../cloud/service-error";
import { type Store } from "../store/store";

/** What an operation works with: one transaction, and on whose behalf and where it runs. */
export type CallScene = Omit<Scene, "subject">;

const isRead = (action: string): boolean => /^(Describe|Get|List|Search)/.test(action);

/** Runs calls of the modelled services, with what goes wrong in them. */
export class Calls {
  constructor(
    private readonly store: Store,
    private readonly faults: Faults,
  ) {}

  /**
   * Runs one call in one transaction; a call that reads may see an older state, where the faults say so.
   *
   * @throws ServiceError the operation's, or a fault
   */
  run<T>(call: Call, effect: (scene: CallScene) => T): T {
    raise(this.faults.before?.(call));
    const scene = {
      place: { owner: call.owner, region: call.region },
      quotas: { ...defaultQuotas, ...this.faults.quotas },
    };
    const result = isRead(call.action)
      ? this.store.viewBehind(this.faults.staleness?.(call) ?? 0, (transaction) =>
          effect({ transaction, ...scene }),
        )
      : this.store.transact((transaction) => effect({ transaction, ...scene }));
    raise(this.faults.after?.(call));
    return result;
  }
}

function raise(error: ServiceError | undefined): void {
  if (error) throw error;
}

/** What a service of the endpoint says of what it does not model. */
export const unsupported = (what: string): ServiceError =>
  new ServiceError("UnsupportedOperation", `The sandbox does not model ${what}.`);
