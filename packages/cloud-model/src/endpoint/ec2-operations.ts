import { ec2Operations } from "../aws/ec2/operations";
import { networkInterfaceOperations } from "../aws/ec2/network-interface-operations";
import { type Ec2Operations } from "./ec2-service";

/** Every modelled action of EC2. */
export const allEc2Operations: Ec2Operations = { ...ec2Operations, ...networkInterfaceOperations };
