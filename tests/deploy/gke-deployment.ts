import { mkdirSync, mkdtempSync, realpathSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type GkeClusterAddresses, Prefix } from "@cluster-ipam/address-plan";
import { BlueprintApp } from "@cluster-ipam/blueprint-core";
import {
  type GkeClusterProps,
  GkeClusterStack,
  type GkeNetworkProps,
  GkeNetworkStack,
  type NodePoolOptions,
} from "@cluster-ipam/gke";
import { type AllocatedBlock, inventory, type Sandbox, startSandbox } from "@cluster-ipam/sandbox";
import { describedChanges } from "../plan/described-change";
import { Workspace } from "../plan/workbench";

/** What a deployment composes. */
export interface GkeComposition {
  readonly addresses: GkeClusterAddresses;
  /** @default planned ranges */
  readonly network?: Partial<GkeNetworkProps>;
  /** @default none */
  readonly cluster?: Partial<GkeClusterProps>;
  readonly nodePools: readonly NodePoolOptions[];
}

/** The project of the cluster `search`. */
export const PROJECT = "example-search";

/** The changes of one deployment, by stack. */
export interface DeployedChanges {
  readonly network: readonly string[];
  readonly cluster: readonly string[];
}

/** A GKE cluster and its network, deployed again and again by Terraform: the network first, then the cluster. */
export class GkeDeployment {
  private constructor(
    private readonly folder: string,
    private readonly sandbox: Sandbox,
  ) {}

  static async open(): Promise<GkeDeployment> {
    const folder = mkdtempSync(join(realpathSync(tmpdir()), "gke-"));
    return new GkeDeployment(folder, await startSandbox({ folders: [folder], state: join(folder, "cloud") }));
  }

  async close(): Promise<void> {
    await this.sandbox.stop();
    rmSync(this.folder, { recursive: true, force: true });
  }

  /** Folder of the cloud. */
  get cloud(): string {
    return join(this.folder, "cloud");
  }

  /** Every block in the cloud, without fences. */
  blocks(): readonly AllocatedBlock[] {
    return inventory(this.cloud).filter(({ use }) => use !== "fence");
  }

  /** CIDRs of one use, sorted. */
  cidrs(use: AllocatedBlock["use"]): readonly string[] {
    return this.blocks()
      .filter((block) => block.use === use)
      .map(({ cidr }) => cidr)
      .sort();
  }

  /** Deploys. @returns what changed @throws Error if Terraform fails or the plan afterwards is not empty */
  async deploy(composition: GkeComposition): Promise<DeployedChanges> {
    const workspace = this.synthesize(composition);
    const network = await this.apply(workspace, "search-network");
    const cluster = await this.apply(workspace, "search");
    const left = await Promise.all(workspace.stacks.map((stack) => workspace.plan(stack)));
    const changes = describedChanges(left);
    if (changes.length > 0) throw new Error(`the plan afterwards is not empty:\n${changes.join("\n")}`);
    return { network, cluster };
  }

  private async apply(workspace: Workspace, stack: string): Promise<readonly string[]> {
    const changes = describedChanges([await workspace.plan(stack)]);
    await workspace.apply(stack);
    return changes;
  }

  private synthesize({ addresses, network, cluster, nodePools }: GkeComposition): Workspace {
    const outdir = join(this.folder, "cdktf.out");
    mkdirSync(outdir, { recursive: true });
    const app = new BlueprintApp({
      backend: { type: "local", directory: "../../../state" },
      outdir,
    });
    const { contract } = new GkeNetworkStack(app, "search-network", {
      addresses,
      project: PROJECT,
      ipam: { mode: "planned" },
      version: "1.34",
      ...network,
    });
    new GkeClusterStack(app, "search", {
      network: contract,
      deletionProtection: false,
      nodePools,
      ...cluster,
    });
    app.synth();
    return new Workspace(this.folder, this.sandbox.env);
  }
}

/** Addresses of the cluster `search`, the only one in 10.0.0.0/8, with fences around its blocks. */
export function searchAddresses(change: Partial<GkeClusterAddresses> = {}): GkeClusterAddresses {
  const limit = {
    name: "nodes per pod range",
    pods: 2048,
    formula: "2^(24 − 20) = 16 nodes",
    fix: "plan more",
  };
  const zones = ["europe-west3-a", "europe-west3-b", "europe-west3-c"];
  const blocks = {
    nodes: "10.0.0.0/27",
    controlPlane: "10.0.1.0/28",
    pods: "10.0.16.0/20",
    furtherPods: [],
    autopilot: false,
    furtherSubnets: [],
    growth: [],
    retired: [],
    ...change,
  };
  const { nodes, controlPlane, pods, furtherPods, furtherSubnets, growth, retired } = blocks;
  const own = [
    ...[nodes, controlPlane, pods],
    ...[...furtherPods, ...growth, ...retired].map(({ cidr }) => cidr),
    ...furtherSubnets.flatMap((subnet) => [subnet.nodes, subnet.pods.cidr]),
  ].map((cidr) => Prefix.parse(cidr));
  const open = own.reduce<readonly Prefix[]>(
    (left, block) => left.flatMap((range) => range.subtract(block)),
    [Prefix.parse("10.0.0.0/8")],
  );
  return {
    cloud: "google",
    name: "search",
    key: "search",
    environment: "prod",
    region: "europe-west3",
    zones,
    demand: { nodes: 12, pods: 1000, podsPerNode: 110, growthPercent: 0 },
    capacity: { nodes: 16, pods: 1760, binding: limit, limits: [limit] },
    privateRanges: ["10.0.0.0/8"],
    defaultPodsPerNode: 110,
    fences: open.map((range) => ({ cidr: String(range), owner: "unallocated" })),
    ...blocks,
  };
}
