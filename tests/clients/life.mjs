// An address's life through the AWS SDK for JavaScript, which AWS_ENDPOINT_URL alone points at the sandbox. Prints what it
// saw as JSON.
import * as cloudwatch from "@aws-sdk/client-cloudwatch";
import * as ec2 from "@aws-sdk/client-ec2";
import * as eks from "@aws-sdk/client-eks";
import * as events from "@aws-sdk/client-eventbridge";
import * as sts from "@aws-sdk/client-sts";

const client = new ec2.EC2Client();
const metrics = new cloudwatch.CloudWatchClient();
const call = (name, input = {}) => client.send(new ec2[`${name}Command`](input));
const refusal = (sent) =>
  sent.then(
    () => "not refused",
    ({ name }) => name,
  );

const { Account: account } = await new sts.STSClient().send(new sts.GetCallerIdentityCommand({}));
const { Ipam } = await call("CreateIpam", { OperatingRegions: [{ RegionName: "eu-west-1" }] });
const scope = { IpamScopeId: Ipam.PrivateDefaultScopeId };
const { IpamPool } = await call("CreateIpamPool", { ...scope, AddressFamily: "ipv4", Locale: "eu-west-1" });
const { IpamPoolId } = IpamPool;
await call("ProvisionIpamPoolCidr", { IpamPoolId, Cidr: "10.64.0.0/16" });
const { Vpc } = await call("CreateVpc", { Ipv4IpamPoolId: IpamPoolId, Ipv4NetmaskLength: 20 });
const { VpcId } = Vpc;
const { SubnetId } = (await call("CreateSubnet", { VpcId, CidrBlock: "10.64.0.0/24" })).Subnet;
await ec2.waitUntilSubnetAvailable({ client, maxWaitTime: 30 }, { SubnetIds: [SubnetId] });
const { GroupId } = await call("CreateSecurityGroup", { GroupName: "nodes", Description: "nodes", VpcId });
const https = { IpProtocol: "tcp", FromPort: 443, ToPort: 443, CidrIp: "10.0.0.0/8" };
await call("AuthorizeSecurityGroupIngress", { GroupId, ...https });
const { NetworkInterface } = await call("CreateNetworkInterface", {
  SubnetId,
  Groups: [GroupId],
  Ipv4PrefixCount: 1,
});
const { Subnets } = await call("DescribeSubnets", { SubnetIds: [SubnetId] });
const pages = [];
for await (const page of ec2.paginateDescribeSubnets({ client }, {})) pages.push(page.Subnets.length);
const { HistoryRecords } = await call("GetIpamAddressHistory", { ...scope, Cidr: "10.64.0.0/24" });

const Metric = {
  Namespace: "Subnets",
  MetricName: "FreePrefixes",
  Dimensions: [{ Name: "Zone", Value: "a" }],
};
const { Namespace, ...name } = Metric;
for (const Value of [3, 5])
  await metrics.send(new cloudwatch.PutMetricDataCommand({ Namespace, MetricData: [{ ...name, Value }] }));
const day = 86_400_000;
const { MetricDataResults } = await metrics.send(
  new cloudwatch.GetMetricDataCommand({
    MetricDataQueries: [{ Id: "free", MetricStat: { Metric, Period: 86_400, Stat: "Sum" } }],
    StartTime: new Date(Date.now() - 2 * day),
    EndTime: new Date(Date.now() + day),
  }),
);
const event = { Source: "test", DetailType: "Grown", Detail: "{}", Time: new Date() };
const published = await new events.EventBridgeClient().send(
  new events.PutEventsCommand({ Entries: [event] }),
);
const { clusters } = await new eks.EKSClient().send(new eks.ListClustersCommand({}));
const refusals = [
  await refusal(call("CreateSubnet", { VpcId, CidrBlock: "10.64.0.128/25" })),
  await refusal(call("DescribeInstances")),
  await refusal(
    metrics.send(new cloudwatch.PutMetricDataCommand({ Namespace, MetricData: [{ MetricName: "m" }] })),
  ),
];

await call("DeleteNetworkInterface", { NetworkInterfaceId: NetworkInterface.NetworkInterfaceId });
await call("DeleteSecurityGroup", { GroupId });
await call("DeleteSubnet", { SubnetId });
await call("DeleteVpc", { VpcId });
await call("DeprovisionIpamPoolCidr", { IpamPoolId, Cidr: "10.64.0.0/16" });
await call("DeleteIpamPool", { IpamPoolId });
const { Vpcs } = await call("DescribeVpcs");
const { IpamPools } = await call("DescribeIpamPools");
console.log(
  JSON.stringify({
    account,
    vpc: Vpc.CidrBlock,
    prefixes: NetworkInterface.Ipv4Prefixes.length,
    free: Subnets[0].AvailableIpAddressCount,
    pages,
    history: HistoryRecords.map(({ ResourceId }) => ResourceId === SubnetId),
    metric: MetricDataResults[0].Values.reduce((sum, value) => sum + value, 0),
    "failed events": published.FailedEntryCount,
    clusters,
    refusals,
    left: Vpcs.length + IpamPools.length,
  }),
);
