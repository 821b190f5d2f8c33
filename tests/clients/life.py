"""An address's life through boto3, which AWS_ENDPOINT_URL alone points at the sandbox. Prints what it saw as JSON."""

import json
from datetime import datetime, timedelta, timezone

import boto3
from botocore.exceptions import ClientError

ec2 = boto3.client("ec2")
seen = {"account": boto3.client("sts").get_caller_identity()["Account"]}

scope = ec2.create_ipam(OperatingRegions=[{"RegionName": "eu-west-1"}])["Ipam"]["PrivateDefaultScopeId"]
pool = ec2.create_ipam_pool(IpamScopeId=scope, AddressFamily="ipv4", Locale="eu-west-1")["IpamPool"]["IpamPoolId"]
ec2.provision_ipam_pool_cidr(IpamPoolId=pool, Cidr="10.64.0.0/16")
vpc = ec2.create_vpc(Ipv4IpamPoolId=pool, Ipv4NetmaskLength=20)["Vpc"]
seen["vpc"] = vpc["CidrBlock"]
subnet = ec2.create_subnet(VpcId=vpc["VpcId"], CidrBlock="10.64.0.0/24")["Subnet"]["SubnetId"]
ec2.get_waiter("subnet_available").wait(SubnetIds=[subnet])
group = ec2.create_security_group(GroupName="nodes", Description="nodes", VpcId=vpc["VpcId"])["GroupId"]
ec2.authorize_security_group_ingress(GroupId=group, IpProtocol="tcp", FromPort=443, ToPort=443, CidrIp="10.0.0.0/8")
interface = ec2.create_network_interface(SubnetId=subnet, Groups=[group], Ipv4PrefixCount=1)["NetworkInterface"]
seen["prefixes"] = len(interface["Ipv4Prefixes"])
seen["free"] = ec2.describe_subnets(SubnetIds=[subnet])["Subnets"][0]["AvailableIpAddressCount"]
seen["pages"] = [len(page["Subnets"]) for page in ec2.get_paginator("describe_subnets").paginate()]
history = ec2.get_ipam_address_history(IpamScopeId=scope, Cidr="10.64.0.0/24")["HistoryRecords"]
seen["history"] = [record["ResourceId"] == subnet for record in history]

cloudwatch = boto3.client("cloudwatch")
dimensions = [{"Name": "Zone", "Value": "a"}]
for value in (3, 5):
    datum = {"MetricName": "FreePrefixes", "Dimensions": dimensions, "Value": value}
    cloudwatch.put_metric_data(Namespace="Subnets", MetricData=[datum])
metric = {"Namespace": "Subnets", "MetricName": "FreePrefixes", "Dimensions": dimensions}
now = datetime.now(timezone.utc)
answer = cloudwatch.get_metric_data(
    MetricDataQueries=[{"Id": "free", "MetricStat": {"Metric": metric, "Period": 86400, "Stat": "Sum"}}],
    StartTime=now - timedelta(days=2),
    EndTime=now + timedelta(days=1),
)
seen["metric"] = sum(answer["MetricDataResults"][0]["Values"])
event = {"Source": "test", "DetailType": "Grown", "Detail": "{}", "Time": now}
seen["failed events"] = boto3.client("events").put_events(Entries=[event])["FailedEntryCount"]
seen["clusters"] = boto3.client("eks").list_clusters()["clusters"]


def refusal(call):
    try:
        call()
    except ClientError as error:
        return error.response["Error"]["Code"]
    return "not refused"


seen["refusals"] = [
    refusal(lambda: ec2.create_subnet(VpcId=vpc["VpcId"], CidrBlock="10.64.0.128/25")),
    refusal(lambda: ec2.describe_instances()),
    refusal(lambda: cloudwatch.put_metric_data(Namespace="Subnets", MetricData=[{"MetricName": "m"}])),
]

ec2.delete_network_interface(NetworkInterfaceId=interface["NetworkInterfaceId"])
ec2.delete_security_group(GroupId=group)
ec2.delete_subnet(SubnetId=subnet)
ec2.delete_vpc(VpcId=vpc["VpcId"])
ec2.deprovision_ipam_pool_cidr(IpamPoolId=pool, Cidr="10.64.0.0/16")
ec2.delete_ipam_pool(IpamPoolId=pool)
seen["left"] = len(ec2.describe_vpcs()["Vpcs"]) + len(ec2.describe_ipam_pools()["IpamPools"])
print(json.dumps(seen))
