import type * as Sdk from "@aws-sdk/client-ec2";
import { type AwsListing, type IpamAllocation, type ListedSubnet, type Unlisted } from "./aws-listing";
import { type AwsQueries } from "./aws-queries";

/** Most time for a list, with all its pages, retries and the search for credentials, in milliseconds. */
const DEADLINE = 15_000;

/**
 * Reads the lists from EC2, with the AWS SDK's default chain of credentials and endpoints. What cannot be read is in the
 * result, with the reason; nothing is thrown.
 */
export async function listFromAws({ pools, vpcs }: AwsQueries): Promise<AwsListing> {
  if (pools.length === 0 && vpcs.length === 0) return { allocations: new Map(), subnets: new Map() };
  // Loaded only here: hardly any run has to ask AWS.
  const sdk = await import("@aws-sdk/client-ec2");
  const clients = new Map(
    [...pools, ...vpcs].map(({ region }) => [
      region,
      new sdk.EC2Client({ region, maxAttempts: 2, requestHandler: { connectionTimeout: DEADLINE / 3 } }),
    ]),
  );
  const read = async <T>(
    { id, region }: { readonly id: string; readonly region: string },
    action: string,
    list: (client: Sdk.EC2Client, signal: AbortSignal) => Promise<readonly T[]>,
  ) =>
    [
      id,
      await byDeadline((signal) => list(clients.get(region)!, signal)).catch((error: Error): Unlisted => ({
        unlisted: failure(error, action, id, region),
      })),
    ] as const;
  try {
    const [allocations, subnets] = await Promise.all([
      Promise.all(
        pools.map((pool) =>
          read(pool, "ec2:GetIpamPoolAllocations", (client, signal) =>
            allocationsOf(sdk, client, pool.id, signal),
          ),
        ),
      ),
      Promise.all(
        vpcs.map((vpc) =>
          read(vpc, "ec2:DescribeSubnets", (client, signal) => subnetsOf(sdk, client, vpc.id, signal)),
        ),
      ),
    ]);
    return { allocations: new Map(allocations), subnets: new Map(subnets) };
  } finally {
    for (const client of clients.values()) client.destroy();
  }
}

async function allocationsOf(
  { paginateGetIpamPoolAllocations: paginate }: typeof Sdk,
  client: Sdk.EC2Client,
  IpamPoolId: string,
  abortSignal: AbortSignal,
): Promise<readonly IpamAllocation[]> {
  const all: IpamAllocation[] = [];
  for await (const page of paginate({ client }, { IpamPoolId }, { abortSignal }))
    for (const allocation of page.IpamPoolAllocations ?? [])
      all.push({
        id: allocation.IpamPoolAllocationId!,
        cidr: allocation.Cidr!,
        resourceType: allocation.ResourceType!,
        ...(allocation.ResourceId && { resourceId: allocation.ResourceId }),
        owner: allocation.ResourceOwner!,
        ...(allocation.Description && { description: allocation.Description }),
      });
  return all;
}

async function subnetsOf(
  { paginateDescribeSubnets: paginate }: typeof Sdk,
  client: Sdk.EC2Client,
  vpc: string,
  abortSignal: AbortSignal,
): Promise<readonly ListedSubnet[]> {
  const all: ListedSubnet[] = [];
  const Filters = [{ Name: "vpc-id", Values: [vpc] }];
  for await (const { Subnets = [] } of paginate({ client }, { Filters }, { abortSignal }))
    for (const { SubnetId, CidrBlock } of Subnets)
      if (CidrBlock) all.push({ id: SubnetId!, cidr: CidrBlock });
  return all;
}

/** The search for credentials does not stop when the signal fires, so it is left behind. */
function byDeadline<T>(work: (signal: AbortSignal) => Promise<T>): Promise<T> {
  const signal = AbortSignal.timeout(DEADLINE);
  return new Promise((resolve, reject) => {
    signal.addEventListener("abort", () => reject(signal.reason as Error));
    work(signal).then(resolve, reject);
  });
}

/** A failed request as a clause. */
function failure(error: Error, action: string, id: string, region: string): string {
  const { name, $metadata } = error as Error & { readonly $metadata?: { readonly httpStatusCode?: number } };
  if (/^(CredentialsProvider|TokenProvider)Error$/.test(name)) return "no AWS credentials";
  if ($metadata?.httpStatusCode === undefined) return `EC2 in ${region} cannot be reached`;
  if (/^(UnauthorizedOperation|AccessDenied)/.test(name)) return `the AWS credentials lack ${action}`;
  if (name.endsWith(".NotFound")) return `the AWS credentials do not see ${id} in ${region}`;
  return `EC2 in ${region} answered ${name}`;
}
