import { type Prefix } from "../prefix/prefix";

/** File name of the lock, next to `addresses.yaml`. */
export const LOCK_FILE = "addresses.lock.json";

/**
 * The life of a block that the plan no longer needs. `draining`: its network still has it, and nothing may start to use
 * it. `retired`: nothing composes it, and its addresses stay taken until the states prove that it is gone.
 */
export type LeavingState = "draining" | "retired";

/** One allocation in the lock. */
export interface LockEntry {
  /** Key of the block, for example `aws/eu-central-1/prod/eks`. */
  readonly key: string;
  /** IPv4 CIDR in canonical form. */
  readonly cidr: string;
  /** The demand that the block was allocated for, for display: size and reason. */
  readonly demand: string;
  /** GKE pods: `podsPerNode` that the cluster was created with. @default not the first pod range of a GKE cluster */
  readonly podsPerNode?: number;
  /** EKS VPC: IPAM assigns its CIDR from a pool that has only this block. @default the plan assigns it */
  readonly vpcCidr?: "ipam-assigned";
  /** @default in use */
  readonly state?: LeavingState;
}

/** A CIDR of a space. */
export interface LockedSpace {
  /** Name of the space. */
  readonly space: string;
  /** IPv4 CIDR in canonical form. */
  readonly cidr: string;
}

/** A cluster that was renamed in the plan. */
export interface LockedRename {
  /** Name of the cluster in the plan. */
  readonly cluster: string;
  /** Its name in the cloud, which never changes. */
  readonly createdAs: string;
}

/** The receipt of a block that was freed. It stays until its space is allocated again. */
export interface FreedBlock {
  /** Key of the block. */
  readonly key: string;
  /** IPv4 CIDR in canonical form. */
  readonly cidr: string;
  /** The states that proved it, with lineage and serial number: `dev-apps 3f0c2a1b:12`. */
  readonly proof: string;
}

/** The committed allocations. An allocation in the lock never moves. */
export interface AddressLock {
  readonly version: 2;
  /** In the order in which they joined the plan. A CIDR that left its space stays while it has blocks. */
  readonly spaces: readonly LockedSpace[];
  /** Sorted by cluster. */
  readonly renamed: readonly LockedRename[];
  /** Sorted by key. */
  readonly allocations: readonly LockEntry[];
  /** Sorted by key. */
  readonly freed: readonly FreedBlock[];
}

/** A lock without allocations. */
export const EMPTY_LOCK: AddressLock = { version: 2, spaces: [], renamed: [], allocations: [], freed: [] };

/** The fix for a lock that was damaged by a manual edit. */
export const RESTORE = "restore the file from version control, then run npm run addresses";

/** An entry with its prefix. */
export interface LockedBlock extends LockEntry {
  readonly prefix: Prefix;
}

/** Renders a lock with one entry per line, so that one changed allocation is one line of a diff. */
export function renderLock(lock: AddressLock): string {
  const sections = [
    `  "version": ${lock.version}`,
    section("spaces", lock.spaces),
    ...(lock.renamed.length > 0 ? [section("renamed", sortedBy(lock.renamed, "cluster"))] : []),
    section("allocations", sortedBy(lock.allocations, "key")),
    ...(lock.freed.length > 0 ? [section("freed", sortedBy(lock.freed, "key"))] : []),
  ];
  return `{\n${sections.join(",\n")}\n}\n`;
}

function section(name: string, entries: readonly object[]): string {
  if (entries.length === 0) return `  "${name}": []`;
  const lines = entries.map((entry) => {
    const members = Object.entries(entry)
      .filter(([, value]) => value !== undefined)
      .map(([key, value]) => `${JSON.stringify(key)}: ${JSON.stringify(value)}`);
    return `    { ${members.join(", ")} }`;
  });
  return `  "${name}": [\n${lines.join(",\n")}\n  ]`;
}

function sortedBy<Key extends string, Entry extends Readonly<Record<Key, string>>>(
  entries: readonly Entry[],
  key: Key,
): Entry[] {
  return [...entries].sort((a, b) => (a[key] === b[key] ? 0 : a[key] < b[key] ? -1 : 1));
}
