import { createSubnet } from "../../../src/cloud/aws/ec2/subnet";
import { createVpc } from "../../../src/cloud/aws/ec2/vpc";
import { defaultQuotas } from "../../../src/cloud/quotas";
import { type Store } from "../../../src/store/store";
import { TerraformCaller } from "../terraform-caller";

/** Where the tests' resources stand. */
export const place = { owner: "123456789012", region: "eu-west-1" };

/** A VPC of 10.0.0.0/16 with subnets, made behind Terraform's back. */
export interface Network {
  readonly vpcId: string;
  readonly subnetIds: readonly string[];
}

/** @param cidrs of subnets, one after another in the zones a, b, c, a … */
export const networkIn = (store: Store, cidrs: readonly string[]): Network =>
  store.transact((transaction) => {
    const scene = { transaction, place, quotas: defaultQuotas };
    const vpcId = createVpc(scene, { CidrBlock: "10.0.0.0/16" }).Vpc!.VpcId!;
    const subnetIds = cidrs.map(
      (CidrBlock, index) =>
        createSubnet(scene, {
          VpcId: vpcId,
          CidrBlock,
          AvailabilityZone: `${place.region}${"abc"[index % 3]}`,
        }).Subnet!.SubnetId!,
    );
    return { vpcId, subnetIds };
  });

/** The AWS provider in the tests' account and Region. */
export const awsCaller = (store: Store): TerraformCaller =>
  new TerraformCaller("aws", { store, config: { region: place.region } });

/** Makes a role that some services can assume. @returns its ARN */
export async function roleFor(
  aws: TerraformCaller,
  name: string,
  ...services: readonly string[]
): Promise<string> {
  const role = await aws.create("aws_iam_role", { name, assume_role_policy: JSON.stringify({ services }) });
  return String(role["arn"]);
}
