import {
  EC2Client,
  paginateDescribeIpamPools,
  paginateDescribeIpamScopes,
  paginateDescribeRouteTables,
  paginateDescribeSubnets,
  paginateDescribeVpcs,
  paginateGetIpamPoolAllocations,
  paginateGetIpamPoolCidrs,
  paginateGetIpamResourceCidrs,
} from "@aws-sdk/client-ec2";
import {
  DescribeClusterCommand,
  DescribeNodegroupCommand,
  EKSClient,
  paginateListClusters,
  paginateListNodegroups,
} from "@aws-sdk/client-eks";
import { type LandscapeBuilder } from "../landscape/landscape-builder";
import { LandscapeError } from "../landscape-error";
import { readAwsAnswer } from "../read/aws-answer";
import { type JsonObject } from "../read/json-value";

/** A part of AWS to look at. */
export interface AwsPlace {
  /** Profile of the AWS configuration. @default the credentials of the environment */
  readonly profile?: string;
  readonly region: string;
}

/** Attempts per call: a throttled call waits longer each time, up to 20 seconds. */
const MAX_ATTEMPTS = 8;

/**
 * Reads the networks, IPAM pools and EKS clusters of an account in a Region. It changes nothing. What is denied, or fails after
 * retries, is noted as unseen.
 *
 * @throws LandscapeError if there are no usable credentials
 */
export async function readAwsPlace(place: AwsPlace, to: LandscapeBuilder): Promise<void> {
  const { profile, region } = place;
  const config = {
    region,
    maxAttempts: MAX_ATTEMPTS,
    retryMode: "adaptive",
    ...(profile !== undefined && { profile }),
  };
  const [ec2, eks] = [new EC2Client(config), new EKSClient(config)];
  try {
    await ec2.config.credentials();
  } catch (error) {
    throw new LandscapeError(
      `--aws ${profile ?? ""}`.trim(),
      `no usable credentials (${(error as Error).message.slice(0, 200)}); log in, or pass a profile that aws sts get-caller-identity accepts`,
    );
  }
  const reader = new PlaceReader(place, to);
  try {
    await readNetworks(reader, ec2);
    await readIpam(reader, ec2);
    await readClusters(reader, eks);
  } finally {
    ec2.destroy();
    eks.destroy();
  }
}

/** Reads the answers of one account in one Region. */
class PlaceReader {
  private readonly name: string;

  constructor(
    private readonly place: AwsPlace,
    private readonly to: LandscapeBuilder,
  ) {
    this.name = ["aws", place.profile, place.region].filter((part) => part !== undefined).join(" ");
  }

  /**
   * Reads all pages of a call.
   *
   * @returns the pages, or none if the call failed
   */
  async pages<Page extends object>(
    call: string,
    pages: AsyncIterable<Page>,
    complete: (page: Page) => object = (page) => page,
  ): Promise<readonly Page[]> {
    const read: Page[] = [];
    try {
      for await (const page of pages) read.push(page);
    } catch (error) {
      this.unseen(call, error);
      return [];
    }
    const { region } = this.place;
    for (const page of read)
      readAwsAnswer(complete(page) as JsonObject, this.to, { file: `${this.name} ${call}`, region });
    return read;
  }

  /** The VPCs are known, even if there are none. */
  listed(): void {
    this.to.addSeen({ cloud: "aws", owner: "", region: this.place.region });
  }

  /** Reads one answer. */
  async answer(call: string, answer: () => Promise<object>): Promise<void> {
    try {
      readAwsAnswer((await answer()) as JsonObject, this.to, { file: `${this.name} ${call}` });
    } catch (error) {
      if (error instanceof LandscapeError) throw error;
      this.unseen(call, error);
    }
  }

  private unseen(call: string, error: unknown): void {
    const { name, message } = error as Error;
    this.to.addUnseen(`${this.name} ${call}`, `${name}: ${message}`.slice(0, 200));
  }
}

async function readNetworks(reader: PlaceReader, client: EC2Client): Promise<void> {
  const vpcs = await reader.pages("ec2:DescribeVpcs", paginateDescribeVpcs({ client }, {}));
  if (vpcs.length > 0) reader.listed();
  await reader.pages("ec2:DescribeSubnets", paginateDescribeSubnets({ client }, {}));
  await reader.pages("ec2:DescribeRouteTables", paginateDescribeRouteTables({ client }, {}));
}

/** The pools of every scope, those that are shared with the account too, and what IPAM knows of other accounts. */
async function readIpam(reader: PlaceReader, client: EC2Client): Promise<void> {
  const pools = await reader.pages("ec2:DescribeIpamPools", paginateDescribeIpamPools({ client }, {}));
  for (const { IpamPoolId } of pools.flatMap((page) => page.IpamPools ?? [])) {
    await reader.pages(
      "ec2:GetIpamPoolCidrs",
      paginateGetIpamPoolCidrs({ client }, { IpamPoolId }),
      (page) => ({
        IpamPoolCidrs: page.IpamPoolCidrs?.map((cidr) => ({ ...cidr, IpamPoolId })),
      }),
    );
    await reader.pages(
      "ec2:GetIpamPoolAllocations",
      paginateGetIpamPoolAllocations({ client }, { IpamPoolId }),
    );
  }
  const scopes = await reader.pages("ec2:DescribeIpamScopes", paginateDescribeIpamScopes({ client }, {}));
  for (const { IpamScopeId, IpamScopeType } of scopes.flatMap((page) => page.IpamScopes ?? []))
    if (IpamScopeType === "private")
      await reader.pages(
        "ec2:GetIpamResourceCidrs",
        paginateGetIpamResourceCidrs({ client }, { IpamScopeId }),
      );
}

async function readClusters(reader: PlaceReader, client: EKSClient): Promise<void> {
  const lists = await reader.pages("eks:ListClusters", paginateListClusters({ client }, {}));
  for (const name of lists.flatMap(({ clusters }) => clusters ?? [])) {
    await reader.answer("eks:DescribeCluster", () => client.send(new DescribeClusterCommand({ name })));
    const groups = await reader.pages(
      "eks:ListNodegroups",
      paginateListNodegroups({ client }, { clusterName: name }),
    );
    for (const nodegroupName of groups.flatMap(({ nodegroups }) => nodegroups ?? []))
      await reader.answer("eks:DescribeNodegroup", () =>
        client.send(new DescribeNodegroupCommand({ clusterName: name, nodegroupName })),
      );
  }
}
