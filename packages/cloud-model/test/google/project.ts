import { type RequestContext } from "../../src/request-context";
import { defaultQuotas, type Quotas } from "../../src/quotas";
import { createInternalRange } from "../../src/google/operations/networkconnectivity/internal-ranges";
import { insertNetwork } from "../../src/google/operations/compute/networks";
import { insertSubnetwork } from "../../src/google/operations/compute/subnetworks";
import { type Subnetwork } from "../../src/google/documents/subnetwork";
import { type SubnetworkRequest } from "../../src/google/requests/compute";
import { Store } from "../../src/store/store";

/** A Google project with the network `net`, for tests that call operations. */
export class Project {
  readonly store = new Store();
  readonly name = "acme";

  constructor(private readonly quotas: Partial<Quotas> = {}) {
    this.act((context) => insertNetwork(context, { name: "net" }));
  }

  /** Runs operations in one transaction. @param region of the request @default europe-west4 */
  act<T>(change: (context: RequestContext) => T, region = "europe-west4"): T {
    const quotas = { ...defaultQuotas, ...this.quotas };
    const caller = { owner: this.name, region };
    return this.store.transact((transaction) => change({ transaction, caller, quotas }));
  }

  subnetwork(name: string, ipCidrRange: string, more: Partial<SubnetworkRequest> = {}): Subnetwork {
    return this.act((context) => insertSubnetwork(context, { name, network: "net", ipCidrRange, ...more }));
  }

  /** Reserves space outside of the network. */
  fence(ipCidrRange: string): void {
    const name = `fence-${ipCidrRange.replace(/[./]/g, "-")}`;
    this.act((context) =>
      createInternalRange(context, name, {
        network: "net",
        usage: "EXTERNAL_TO_VPC",
        peering: "FOR_SELF",
        ipCidrRange,
      }),
    );
  }
}
