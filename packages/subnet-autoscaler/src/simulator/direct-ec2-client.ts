import { EC2Client } from "@aws-sdk/client-ec2";
import { type Ec2Command } from "@cluster-ipam/cloud-model/endpoint";

/** An EC2 client whose commands go to `send`. It is an instance of the SDK's class, as the SDK's paginators require. */
export function ec2Client(send: (command: Ec2Command) => Promise<object>): EC2Client {
  return Object.assign(Object.create(EC2Client.prototype) as EC2Client, { send });
}
