import { type Ec2Operations } from "./ec2-service";

/** Every modelled action of EC2. */
export const ec2Operations: Ec2Operations = {};
