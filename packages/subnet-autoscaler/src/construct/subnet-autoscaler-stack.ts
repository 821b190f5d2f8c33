import { BlueprintStack, type BlueprintStackProps } from "@cluster-ipam/blueprint-core";
import { awsProvider } from "@cluster-ipam/blueprint-core/aws";
import { TerraformOutput } from "cdktf";
import { type Construct } from "constructs";
import { SubnetAutoscaler, type SubnetAutoscalerProps } from "./subnet-autoscaler";

/** Input of {@link SubnetAutoscalerStack}. */
export interface SubnetAutoscalerStackProps extends BlueprintStackProps, SubnetAutoscalerProps {}

/**
 * The subnet autoscaler of one cluster in a stack of its own, deployed after the network and the cluster. It does not
 * read their state and can be replaced without touching them.
 *
 * Terraform does not manage the growth subnets. Run `npx subnet-autoscaler drain --cluster <name>` to delete them before
 * you destroy the network.
 */
export class SubnetAutoscalerStack extends BlueprintStack {
  readonly autoscaler: SubnetAutoscaler;

  /** @throws ValidationError for a cluster that more subnets do not help, and for options out of bounds */
  constructor(scope: Construct, id: string, props: SubnetAutoscalerStackProps) {
    super(scope, id, props);
    const { network, stack } = props.contract;
    awsProvider(this, { region: network.addresses.region, accountId: network.accountId });
    this.serve(network.addresses.name, "autoscaler");
    this.deployAfter(network.stack);
    this.deployAfter(stack);
    if (props.fleet !== undefined) this.deployAfter(props.fleet.stack);
    this.autoscaler = new SubnetAutoscaler(this, "autoscaler", props);
    new TerraformOutput(this, "function_name", { value: props.fleet?.name ?? this.autoscaler.name });
    if (this.autoscaler.failures !== undefined)
      new TerraformOutput(this, "failures_queue_url", { value: this.autoscaler.failures.url });
  }
}
