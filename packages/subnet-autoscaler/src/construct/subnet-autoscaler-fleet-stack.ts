import { BlueprintStack, type BlueprintStackProps } from "@cluster-ipam/blueprint-core";
import { awsProvider } from "@cluster-ipam/blueprint-core/aws";
import { TerraformOutput } from "cdktf";
import { type Construct } from "constructs";
import { type FleetContract } from "./fleet-contract";
import { SubnetAutoscalerFleet, type SubnetAutoscalerFleetProps } from "./subnet-autoscaler-fleet";

/** Input of {@link SubnetAutoscalerFleetStack}. */
export interface SubnetAutoscalerFleetStackProps extends BlueprintStackProps, SubnetAutoscalerFleetProps {}

/** The function of a fleet in a stack of its own, deployed before the autoscalers of its clusters. */
export class SubnetAutoscalerFleetStack extends BlueprintStack {
  /** What the autoscalers of its clusters need. */
  readonly contract: FleetContract;

  /** @throws ValidationError for an invalid account, name or topic */
  constructor(scope: Construct, id: string, props: SubnetAutoscalerFleetStackProps) {
    super(scope, id, props);
    awsProvider(this, { region: props.region, accountId: props.accountId });
    const fleet = new SubnetAutoscalerFleet(this, "fleet", props);
    this.contract = fleet.contract;
    new TerraformOutput(this, "function_name", { value: fleet.contract.name });
    new TerraformOutput(this, "failures_queue_url", { value: fleet.failures.url });
  }
}
