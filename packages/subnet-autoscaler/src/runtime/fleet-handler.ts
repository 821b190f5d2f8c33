import { EC2Client } from "@aws-sdk/client-ec2";
import { EKSClient } from "@aws-sdk/client-eks";
import { EventBridgeClient } from "@aws-sdk/client-eventbridge";
import { SSMClient } from "@aws-sdk/client-ssm";
import { STSClient } from "@aws-sdk/client-sts";

import { ApiRate, EC2_RATES, EKS_RATES } from "./cloud/api-rate";
import { assumedRole } from "./cloud/assumed-role";
import { boundedClientConfig, untilAborted } from "./cloud/bounded-client";
import { systemClock } from "./cloud/clock";
import { sdkEc2 } from "./cloud/sdk-ec2";
import { sdkEks } from "./cloud/sdk-eks";
import { FLEET_VARIABLE } from "./config/config";
import { writerName } from "./config/writer-name";
import { AutoscalerError } from "./errors/autoscaler-error";
import { Fleet, type MemberCloud } from "./fleet-run";
import { type FleetMember, type InvalidMember, readFleet } from "./fleet/fleet-member";
import { lambdaReporter, logToStdout } from "./report/lambda-reporter";

/** Time reserved at the end of an invocation in which no call waits, in milliseconds, to report instead of being killed. */
const RESERVED_FOR_REPORT = 5_000;
/** A cluster that is added or removed is noticed after this time, in milliseconds. */
const MEMBERS_FRESH = 5 * 60_000;

/** Payload of an invocation of a fleet's function. */
export interface FleetInvocation {
  /** The only cluster to serve. @default all */
  readonly cluster?: string;
  /** Ids of the changes of `cluster` to make in mode `approve`. */
  readonly approve?: readonly string[];
}

interface Clients {
  readonly roleArn: string;
  readonly ec2: EC2Client;
  readonly eks: EKSClient;
  readonly events: EventBridgeClient;
}

/** What a warm function keeps between its invocations. */
const clients = new Map<string, Clients>();
const rates = { ec2: new ApiRate(EC2_RATES, systemClock), eks: new ApiRate(EKS_RATES, systemClock) };
let own: { readonly ssm: SSMClient; readonly sts: STSClient } | undefined;
let known: { readonly at: number; readonly members: readonly (FleetMember | InvalidMember)[] } | undefined;
const fleet = new Fleet({
  cloudOf,
  clock: systemClock,
  log: logToStdout,
  timeout: (milliseconds) => AbortSignal.timeout(Math.max(0, milliseconds)),
});

/**
 * The Lambda handler of a fleet: one run of every cluster's autoscaler.
 *
 * @returns the number of clusters served, failed and waiting
 * @throws AutoscalerError as one sentence when no cluster could be served
 */
export async function fleetHandler(
  event: FleetInvocation | undefined,
  context: { getRemainingTimeInMillis(): number },
) {
  try {
    const end = Date.now() + context.getRemainingTimeInMillis() - RESERVED_FOR_REPORT;
    const { cluster, approve = [] } = event ?? {};
    const members = (await currentMembers()).filter(
      (member) => cluster === undefined || member.cluster === cluster,
    );
    if (cluster !== undefined && members.length === 0)
      throw new AutoscalerError(
        "invocation",
        `the fleet has no cluster ${cluster}; use the name of one that it serves`,
      );
    if (approve.length > 0 && cluster === undefined)
      throw new AutoscalerError(
        "invocation",
        'approve names no cluster; use { "cluster": "prod-payments", "approve": ["…"] }',
      );
    const run = await fleet.run(members, end, new Map(cluster === undefined ? [] : [[cluster, approve]]));
    return { served: run.served.length, failed: run.failed.length, waiting: run.waiting.length };
  } catch (error) {
    if (error instanceof AutoscalerError && !process.env.DEBUG) delete error.stack;
    throw error;
  }
}

async function currentMembers(): Promise<readonly (FleetMember | InvalidMember)[]> {
  const now = Date.now();
  if (known !== undefined && now - known.at < MEMBERS_FRESH) return known.members;
  const name = process.env[FLEET_VARIABLE];
  if (!name) throw new AutoscalerError(FLEET_VARIABLE, "not set; set it to the name of the fleet");
  const { ssm } = ownClients();
  const writer = writerName(process.env);
  const members = (await readFleet(ssm, name)).map((member) =>
    "error" in member ? member : { ...member, config: { writer, ...member.config } },
  );
  known = { at: now, members };
  const current = new Set(known.members.map(({ cluster }) => cluster));
  for (const cluster of clients.keys()) if (!current.has(cluster)) clients.delete(cluster);
  return known.members;
}

function ownClients() {
  const config = boundedClientConfig(process.env.AWS_REGION);
  return (own ??= { ssm: new SSMClient(config), sts: new STSClient(config) });
}

function cloudOf(member: FleetMember, end: AbortSignal): MemberCloud {
  const { ec2, eks, events } = clientsOf(member);
  const { cluster, config } = member;
  return {
    ec2: sdkEc2(rates.ec2.limit(untilAborted(ec2, end), cluster, end)),
    eks: sdkEks(rates.eks.limit(untilAborted(eks, end), cluster, end)),
    reporter: lambdaReporter(config, untilAborted(events, end)),
  };
}

function clientsOf({ cluster, roleArn, config }: FleetMember): Clients {
  const existing = clients.get(cluster);
  if (existing?.roleArn === roleArn) return existing;
  const credentials = assumedRole(ownClients().sts, { roleArn, sessionName: cluster, clock: systemClock });
  // All clusters share connections.
  const { requestHandler } = ownClients().sts.config;
  const settings = { ...boundedClientConfig(config.region), credentials, requestHandler };
  const made = {
    roleArn,
    ec2: new EC2Client(settings),
    eks: new EKSClient(settings),
    events: new EventBridgeClient(settings),
  };
  clients.set(cluster, made);
  return made;
}
