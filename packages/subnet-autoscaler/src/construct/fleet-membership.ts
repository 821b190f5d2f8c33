import { IamRole } from "@cdktf/provider-aws/lib/iam-role";
import { IamRolePolicy } from "@cdktf/provider-aws/lib/iam-role-policy";
import { SsmParameter } from "@cdktf/provider-aws/lib/ssm-parameter";
import { Construct } from "constructs";
import { type AutoscalerConfig } from "../runtime/config/config";
import { fleetPath } from "../runtime/config/fleet-path";
import { type FleetContract } from "./fleet-contract";
import { type DeploymentTarget, policyDocument, type Statement } from "./iam-policy";

/** Input of {@link FleetMembership}. */
export interface FleetMembershipProps {
  readonly fleet: FleetContract;
  /** Name of the role. */
  readonly name: string;
  readonly config: AutoscalerConfig;
  readonly target: DeploymentTarget;
  /** What the role may do. */
  readonly statements: readonly Statement[];
}

/**
 * A cluster's part of a fleet: the role that the fleet's function assumes for it, and the parameter by which the function finds it
 * (docs/adr/0008-a-role-for-each-cluster-of-a-fleet.md).
 */
export class FleetMembership extends Construct {
  constructor(scope: Construct, id: string, props: FleetMembershipProps) {
    super(scope, id);
    const { fleet, name, config, target } = props;
    const arn = (resource: string) => `arn:${target.partition}:iam::${fleet.accountId}:role${resource}`;
    const path = fleetPath(fleet.name);
    const role = new IamRole(this, "role", {
      name,
      path,
      description: `Subnet autoscaler of ${config.cluster}, assumed by ${fleet.name}`,
      assumeRolePolicy: JSON.stringify({
        Version: "2012-10-17",
        Statement: [
          { Effect: "Allow", Principal: { AWS: arn(`/${fleet.name}`) }, Action: ["sts:AssumeRole"] },
        ],
      }),
    });
    const policy = new IamRolePolicy(this, "policy", {
      name: "subnet-autoscaler",
      role: role.name,
      policy: policyDocument(props.statements),
    });
    new SsmParameter(this, "parameter", {
      name: `${path}${config.cluster}`,
      description: `Has ${fleet.name} serve ${config.cluster}`,
      type: "String",
      // A configuration beyond 4 KB becomes an advanced parameter by itself.
      tier: "Intelligent-Tiering",
      value: JSON.stringify({ roleArn: arn(`${path}${name}`), config }),
      dependsOn: [policy],
    });
  }
}
