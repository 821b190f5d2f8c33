import { BlueprintStack, type BlueprintStackProps } from "@cluster-ipam/blueprint-core";
import { awsProvider } from "@cluster-ipam/blueprint-core/aws";
import { TerraformOutput } from "cdktf";
import { type Construct } from "constructs";
import { SubnetAutoscaler, type SubnetAutoscalerProps } from "./subnet-autoscaler";

export interface SubnetAutoscalerStackProps extends BlueprintStackProps, SubnetAutoscalerProps {}

/**
 * The subnet autoscaler of one cluster, with a life of its own: it is replaced without touching the network or the
 * cluster. It needs nothing of their state, and is deployed after them.
 *
 * Before the network is destroyed, `npx subnet-autoscaler drain --cluster <name>` gives back the subnets that it made:
 * Terraform does not know them.
 */
export class SubnetAutoscalerStack extends BlueprintStack {
  readonly autoscaler: SubnetAutoscaler;

  /** @throws ValidationError for a cluster that it cannot help, and on settings out of their bounds */
  constructor(scope: Construct, id: string, props: SubnetAutoscalerStackProps) {
    super(scope, id, props);
    const { network, stack } = props.cluster;
    awsProvider(this, { region: network.addresses.region, accountId: network.accountId });
    this.deployAfter(network.stack);
    this.deployAfter(stack);
    this.autoscaler = new SubnetAutoscaler(this, "autoscaler", props);
    new TerraformOutput(this, "function_name", { value: this.autoscaler.name });
    new TerraformOutput(this, "failures_queue_url", { value: this.autoscaler.failures.url });
  }
}
