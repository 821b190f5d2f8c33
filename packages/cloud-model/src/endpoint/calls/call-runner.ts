import { type Call, type Faults } from "../../faults";
import { defaultQuotas } from "../../quotas";
import { ServiceError } from "../../service-error";
import { type Store } from "../../store/store";
import { type RequestContext } from "../../request-context";

/** Whether a method only reads: AWS's `DescribeSubnets`, Google's `compute.subnetworks.list`. */
const isRead = (action: string): boolean =>
  /^(Describe|Get|List|Search)|\.(get|list|aggregatedList)$/.test(action);

/** Runs calls of the modeled services, with injected faults. */
export class CallRunner {
  constructor(
    private readonly store: Store,
    private readonly faults: Faults,
  ) {}

  /**
   * Runs one call in one transaction; a read may see an older state when faults ask for staleness.
   *
   * @throws ServiceError of the operation, or an injected fault
   */
  run<T>(call: Call, effect: (context: RequestContext) => T): T {
    raise(this.faults.before?.(call));
    const context = {
      caller: { owner: call.owner, region: call.region },
      quotas: { ...defaultQuotas, ...this.faults.quotas },
    };
    const result = isRead(call.action)
      ? this.store.viewBehind(this.faults.staleness?.(call) ?? 0, (transaction) =>
          effect({ transaction, ...context }),
        )
      : this.store.transact((transaction) => effect({ transaction, ...context }));
    raise(this.faults.after?.(call));
    return result;
  }
}

function raise(error: ServiceError | undefined): void {
  if (error) throw error;
}

/** The error for anything that a service does not model. */
export const unsupported = (what: string): ServiceError =>
  new ServiceError("UnsupportedOperation", `The sandbox does not model ${what}.`);
