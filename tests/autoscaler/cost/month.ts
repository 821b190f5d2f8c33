import { type Eks, reconcile, sdkEc2 } from "@cluster-ipam/subnet-autoscaler/runtime";
import { ec2Client } from "@cluster-ipam/subnet-autoscaler/simulator";
import { type Network, ZONES } from "../faults/network";
import { WarmProcess } from "../warm-process";

/** What an autoscaler used in a time. */
export interface Usage {
  /** Invocations of its function. */
  readonly runs: number;
  /** Time of its function, as if no two calls overlapped. */
  readonly milliseconds: number;
  /** The part of it in which the function uses its CPU. */
  readonly cpuMilliseconds: number;
  /** Calls by action. */
  readonly calls: ReadonlyMap<string, number>;
  /** Hours in which a metric had a value, over all metrics: CloudWatch bills these. */
  readonly metricHours: number;
  readonly logBytes: number;
  /** Events on the event bus. */
  readonly events: number;
}

/** CPU of a vCPU that a run takes, in milliseconds, without and with its parts, and how long AWS takes to answer a call. */
export interface Durations {
  readonly cpuPerRun: number;
  readonly cpuPerCall: number;
  readonly cpuPerInterface: number;
  readonly call: number;
}

/** Bytes of the lines START, END and REPORT that Lambda logs for each invocation. */
export const LAMBDA_LOG_BYTES = 290;

const HOUR = 60;
const NIGHT_NODES = 2;
const DAY_NODES = 6;

/** Lets the nodes of every zone follow the day: six from 8 to 20 o'clock, two at night, one change every 20 minutes. */
async function passDay(network: Network, minute: number, nodes: Map<string, number>): Promise<void> {
  const hour = Math.floor(minute / HOUR) % 24;
  const target = hour >= 8 && hour < 20 ? DAY_NODES : NIGHT_NODES;
  if (minute % 20 !== 0) return;
  for (const zone of ZONES) {
    const now = nodes.get(zone) ?? 0;
    if (now < target && (await network.join(zone))) nodes.set(zone, now + 1);
    if (now > target) {
      await network.leave(zone, 1);
      nodes.set(zone, now - 1);
    }
  }
}

/** Runs the autoscaler of a network once a minute, warm, while its nodes come and go. */
export async function simulate(network: Network, minutes: number, durations: Durations): Promise<Usage> {
  const calls = new Map<string, number>();
  const hours = new Set<string>();
  const nodes = new Map<string, number>();
  const used = { interfaces: 0, logBytes: 0, events: 0 };
  const count = (action: string): void => void calls.set(action, (calls.get(action) ?? 0) + 1);
  const ec2 = sdkEc2(
    ec2Client(async (command) => {
      count(command.constructor.name.replace(/Command$/, ""));
      const response = await network.cloud.send<{ NetworkInterfaces?: object[] }>(command);
      used.interfaces += response.NetworkInterfaces?.length ?? 0;
      return response;
    }),
  );
  const process = new WarmProcess();
  for (let minute = 0; minute < minutes; minute++) {
    await passDay(network, minute, nodes);
    network.pass(1);
    await reconcile({
      ...process,
      ec2,
      eks: countedEks(network, count),
      config: network.config,
      clock: { now: () => network.time, sleep: async () => undefined },
      reporter: {
        log: (line) => {
          used.logBytes += JSON.stringify(line).length + 1;
          for (const metric of metricsIn(line)) hours.add(`${metric} ${Math.floor(minute / HOUR)}`);
        },
        publish: async () => {
          used.events++;
          count("PutEvents");
        },
      },
    });
  }
  const total = [...calls.values()].reduce((sum, times) => sum + times, 0);
  const cpuMilliseconds =
    minutes * durations.cpuPerRun +
    total * durations.cpuPerCall +
    used.interfaces * durations.cpuPerInterface;
  return {
    runs: minutes,
    milliseconds: cpuMilliseconds + total * durations.call,
    cpuMilliseconds,
    calls,
    metricHours: hours.size,
    logBytes: used.logBytes + minutes * LAMBDA_LOG_BYTES,
    events: used.events,
  };
}

/** The metrics that CloudWatch takes from a log line. */
function metricsIn(line: Readonly<Record<string, unknown>>): readonly string[] {
  const { CloudWatchMetrics = [] } = (line["_aws"] ?? {}) as {
    CloudWatchMetrics?: { Metrics: { Name: string }[] }[];
  };
  return CloudWatchMetrics.flatMap(({ Metrics }) => Metrics.map(({ Name }) => Name));
}

function countedEks({ vpcId, cniVersion }: Network, count: (action: string) => void): Eks {
  const configuration = JSON.stringify({ env: { ENABLE_PREFIX_DELEGATION: "true" } });
  return {
    clusterVpc: async () => {
      count("DescribeCluster");
      return vpcId;
    },
    cniAddon: async () => {
      count("DescribeAddon");
      return { version: cniVersion, configuration };
    },
    subnetUsers: async () => {
      count("ListNodegroups");
      return [];
    },
  };
}
