import { ApiError, type Change, type SubnetUser } from "../../../src/runtime";
import { act } from "../../../src/runtime/act/act";
import { MemoryEc2, memoryEks } from "../memory-ec2";
import { type Cni } from "../../../src/runtime/network/cni";
import { CNI, configOf, minutesAgo, NOW } from "../observation-fixture";

/** Tags of an open growth subnet. */
export const OWNED = { "cluster-ipam/autoscaler": "prod", "kubernetes.io/role/cni": "1" };
/** Tags of one that has been closed for long. */
export const CLOSED = {
  ...OWNED,
  "kubernetes.io/role/cni": "0",
  "cluster-ipam/autoscaler-state": `quarantined@${minutesAgo(99)}`,
};

/** Input of {@link network}. */
export interface NetworkProps {
  readonly drainCidrs?: readonly string[];
  readonly cni?: Partial<Cni>;
  /** Zones without a reference subnet have no entry. @default a */
  readonly references?: readonly (readonly [zone: string, subnetId: string])[];
}

/** A zone with a pod subnet, `subnet-1`, and `act` on it. */
export function network({ drainCidrs, cni, references = [["a", "subnet-1"]] }: NetworkProps = {}) {
  const ec2 = new MemoryEc2();
  ec2.add("100.64.0.0/22", "a", {}, "rtb-a", "acl-pods");
  const time = { now: NOW };
  const config = configOf({
    growthPools: {
      ipamPoolId: "ipam-pool-growth",
      cidrs: ["100.64.64.0/18"],
      attachCidrs: ["100.66.0.0/18"],
      shared: { ipamPoolId: "ipam-pool-shared", cidrs: ["100.80.0.0/16"], ...(drainCidrs && { drainCidrs }) },
    },
  });
  const users: SubnetUser[] = [];
  const run = (change: Partial<Change> & { action: Change["action"] }) =>
    act({ cause: "idle", reason: "", zone: "a", cidr: "100.64.64.0/22", ...change } as Change, {
      ec2,
      eks: { ...memoryEks(), subnetUsers: async () => users },
      config,
      cni: { ...CNI, ...cni },
      clock: { now: () => time.now, sleep: async (milliseconds) => void (time.now += milliseconds) },
      references: new Map(references),
    });
  const slept = () => (time.now - NOW) / 1000;
  return { ec2, run, users, slept };
}

/** Lets EC2 refuse a call with an error code. */
export const refusing = (action: string, code: string) => async (): Promise<never> => {
  throw new ApiError(`ec2:${action}`, code, "refused");
};
