import { EC2Client } from "@aws-sdk/client-ec2";
import { Prefix } from "@cluster-ipam/address-plan/prefix";
import { ApiRate, EC2_RATES } from "../../src/runtime/cloud/api-rate";
import { type Clock } from "../../src/runtime/cloud/clock";
import { sdkEc2 } from "../../src/runtime/cloud/sdk-ec2";
import { type Eks } from "../../src/runtime";
import { type FleetMember } from "../../src/runtime/fleet/fleet-member";
import { type MemberCloud } from "../../src/runtime/fleet-run";
import { configOf } from "./observation-fixture";

/** The clock of jest's fake timers. */
export const fakeClock: Clock = {
  now: () => Date.now(),
  sleep: (milliseconds) => new Promise((resolve) => setTimeout(resolve, milliseconds)),
};

/** A signal that aborts after a time of jest's fake timers. */
export function fakeTimeout(milliseconds: number): AbortSignal {
  const controller = new AbortController();
  setTimeout(() => controller.abort(), milliseconds);
  return controller.signal;
}

/** Milliseconds that AWS takes to answer a call. */
const LATENCY = 80;
const ZONES = ["a", "b"];

/** What EC2 grants an account for each action. Source: EC2 developer guide, "Request throttling". */
class GrantedRate {
  private readonly buckets = new Map<string, { tokens: number; at: number }>();

  /** @throws RequestLimitExceeded */
  take(action: string): void {
    const [size, perSecond] = /^(Describe|Get)/.test(action) ? [100, 20] : [50, 5];
    const bucket = this.buckets.get(action) ?? { tokens: size, at: Date.now() };
    this.buckets.set(action, bucket);
    bucket.tokens = Math.min(size, bucket.tokens + ((Date.now() - bucket.at) / 1000) * perSecond);
    bucket.at = Date.now();
    if (bucket.tokens < 1)
      throw Object.assign(new Error("Request limit exceeded."), {
        name: "RequestLimitExceeded",
        $metadata: { httpStatusCode: 503 },
      });
    bucket.tokens--;
  }
}

/** A cloud of many clusters, each in a VPC of its own, with the throttling of EC2 and the time that its answers take. */
export class FleetCloud {
  /** Calls, by action. */
  readonly calls = new Map<string, number>();
  /** Calls that EC2 refused because of their rate. */
  throttled = 0;
  /** Interfaces that were read. */
  interfaces = 0;
  /** Log lines of all clusters. */
  readonly lines: Readonly<Record<string, unknown>>[] = [];
  /** Clusters whose role EC2 refuses. */
  readonly denied = new Set<string>();
  /** Clusters for which EC2 answers after ten seconds. */
  readonly slow = new Set<string>();
  private readonly granted = new GrantedRate();
  private readonly rate = new ApiRate(EC2_RATES, fakeClock);

  /** @param interfaces of each cluster */
  constructor(private readonly interfacesPerCluster: number) {}

  readonly cloudOf = (member: FleetMember, end: AbortSignal): MemberCloud => {
    const send = (command: { input: object }, options?: { abortSignal?: AbortSignal }) =>
      this.answer(member, command, options?.abortSignal ?? end);
    const client = Object.assign(Object.create(EC2Client.prototype) as EC2Client, { send });
    return {
      ec2: sdkEc2(this.rate.limit(client, member.cluster, end)),
      eks: eksIn(member.config.vpcId),
      reporter: { log: (line) => void this.lines.push(line), publish: async () => undefined },
    };
  };

  /** Clusters whose last line has this heartbeat. */
  heartbeats(value: number): number {
    return this.lines.filter(({ Heartbeat }) => Heartbeat === value).length;
  }

  private async answer({ cluster, config }: FleetMember, command: object, end: AbortSignal): Promise<object> {
    const action = command.constructor.name.replace(/Command$/, "");
    this.calls.set(action, (this.calls.get(action) ?? 0) + 1);
    try {
      this.granted.take(action);
    } catch (error) {
      this.throttled++;
      throw error;
    }
    await fakeClock.sleep(this.slow.has(cluster) ? 10_000 : LATENCY);
    if (end.aborted) throw Object.assign(new Error("aborted"), { name: "AbortError" });
    if (this.denied.has(cluster))
      throw Object.assign(new Error("not authorized"), {
        name: "UnauthorizedOperation",
        $metadata: { httpStatusCode: 403 },
      });
    return this.output(action, cluster, config.vpcId);
  }

  private output(action: string, cluster: string, vpcId: string): object {
    const ids = ZONES.map((zone) => `subnet-${cluster}-${zone}`);
    switch (action) {
      case "DescribeSubnets":
        return { Subnets: ZONES.map((zone, index) => this.subnet(cluster, zone, index)) };
      case "DescribeNetworkInterfaces": {
        this.interfaces += this.interfacesPerCluster;
        return { NetworkInterfaces: this.interfacesOf(ids) };
      }
      case "DescribeRouteTables":
        return { RouteTables: [{ RouteTableId: "rtb-1", Associations: [{ Main: true }] }] };
      case "DescribeNetworkAcls":
        return {
          NetworkAcls: [
            {
              NetworkAclId: "acl-1",
              Associations: ids.map((SubnetId) => ({ SubnetId, NetworkAclAssociationId: SubnetId })),
            },
          ],
        };
      case "DescribeVpcs":
        return {
          Vpcs: [
            {
              VpcId: vpcId,
              CidrBlockAssociationSet: [
                { AssociationId: "a", CidrBlock: "100.64.0.0/16", CidrBlockState: { State: "associated" } },
              ],
            },
          ],
        };
      case "GetSubnetCidrReservations":
        return { SubnetIpv4CidrReservations: [] };
      default:
        throw new Error(`${action} is not expected of clusters with enough addresses`);
    }
  }

  private subnet(cluster: string, zone: string, index: number) {
    const used = (this.interfacesPerCluster / ZONES.length) * 17;
    const tags = {
      "cluster-ipam/cluster": cluster,
      "cluster-ipam/role": "pod",
      "kubernetes.io/role/cni": "1",
    };
    return {
      SubnetId: `subnet-${cluster}-${zone}`,
      CidrBlock: String(Prefix.ipv4At(Number(Prefix.parse("100.64.0.0/16").first) + index * 2 ** 12, 20)),
      AvailabilityZone: zone,
      State: "available",
      AvailableIpAddressCount: 2 ** 12 - 5 - used,
      Tags: Object.entries(tags).map(([Key, Value]) => ({ Key, Value })),
    };
  }

  /** Single addresses in the first sixteenth of a subnet, and a prefix each in the rest. */
  private interfacesOf(subnetIds: readonly string[]) {
    return subnetIds.flatMap((SubnetId, index) => {
      const first = Number(Prefix.parse("100.64.0.0/16").first) + index * 2 ** 12;
      return Array.from({ length: this.interfacesPerCluster / ZONES.length }, (_, number) => ({
        SubnetId,
        PrivateIpAddresses: [
          { PrivateIpAddress: String(Prefix.ipv4At(first + 16 + number, 32)).replace("/32", "") },
        ],
        Ipv4Prefixes: [{ Ipv4Prefix: String(Prefix.ipv4At(first + 256 + number * 16, 28)) }],
        Attachment: { InstanceId: `i-${SubnetId}-${number}`, AttachTime: new Date(0) },
      }));
    });
  }
}

const eksIn = (vpcId: string): Eks => ({
  clusterVpc: async () => vpcId,
  subnetUsers: async () => [],
  cniAddon: async () => ({
    version: "v1.23.1",
    configuration: JSON.stringify({ env: { ENABLE_PREFIX_DELEGATION: "true" } }),
  }),
});

/** The clusters of a fleet: `c000` and so on. */
export function membersOf(count: number): readonly FleetMember[] {
  return Array.from({ length: count }, (_, index) => {
    const cluster = `c${String(index).padStart(3, "0")}`;
    return {
      parameter: `/cluster-ipam/fleet/${cluster}`,
      cluster,
      config: configOf({ cluster, vpcId: `vpc-${cluster}` }),
      roleArn: `arn:aws:iam::333333333333:role/${cluster}`,
    };
  });
}
