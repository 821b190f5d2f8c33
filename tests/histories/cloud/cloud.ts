import { defaultQuotas, type RequestContext, Store } from "@cluster-ipam/cloud-model";

/** The account and project of everything. */
export const OWNER = "111111111111";

/** A modeled cloud, and the calls to it. */
export class Cloud {
  readonly store = new Store({ now: () => 0 });

  /** Calls an operation of a service. @throws ServiceError if the cloud refuses */
  call<Result>(region: string, operation: (context: RequestContext) => Result): Result {
    return this.store.transact((transaction) =>
      operation({ transaction, caller: { owner: OWNER, region }, quotas: QUOTAS }),
    );
  }
}

/** The plan counts the CIDRs of a VPC; the other quotas are raised. */
const QUOTAS = { ...defaultQuotas, cidrsPerVpc: 50, vpcsPerRegion: 100 };
