import { createSubnet, createVpc } from "@cluster-ipam/cloud-model/aws/ec2";
import { defaultQuotas, type Store } from "@cluster-ipam/cloud-model";
import { TerraformCaller } from "../terraform-caller";

/** Where the tests' resources stand. */
export const caller = { owner: "123456789012", region: "eu-west-1" };

/** A VPC of 10.0.0.0/16 with subnets, made behind Terraform's back. */
export interface Network {
  readonly vpcId: string;
  readonly subnetIds: readonly string[];
}

/** @param cidrs of subnets, one after another in the zones a, b, c, a … */
export const networkIn = (store: Store, cidrs: readonly string[]): Network =>
  store.transact((transaction) => {
    const context = { transaction, caller, quotas: defaultQuotas };
    const vpcId = createVpc(context, { CidrBlock: "10.0.0.0/16" }).Vpc!.VpcId!;
    const subnetIds = cidrs.map(
      (CidrBlock, index) =>
        createSubnet(context, {
          VpcId: vpcId,
          CidrBlock,
          AvailabilityZone: `${caller.region}${"abc"[index % 3]}`,
        }).Subnet!.SubnetId!,
    );
    return { vpcId, subnetIds };
  });

/** The AWS provider in the tests' account and Region. */
export const awsCaller = (store: Store): TerraformCaller =>
  new TerraformCaller("aws", { store, config: { region: caller.region } });

/** Makes a role that some services can assume. @returns its ARN */
export async function roleFor(
  aws: TerraformCaller,
  name: string,
  ...services: readonly string[]
): Promise<string> {
  const role = await aws.create("aws_iam_role", { name, assume_role_policy: JSON.stringify({ services }) });
  return String(role["arn"]);
}
