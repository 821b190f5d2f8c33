import { ServiceError } from "@cluster-ipam/cloud-model";
import { ConfigReader } from "../../config-reader";
import { type ResourceModel } from "../../resource-model";
import { standing } from "./standing";

/** `aws_eip`: an address of the documentation range, which leads nowhere. */
export const elasticIp: ResourceModel = {
  create(context) {
    const taken = new Set(standing(context, "aws_eip").map((address) => address.text("public_ip")));
    // TEST-NET-2 and TEST-NET-3 (RFC 5737).
    const free = ["198.51.100", "203.0.113"]
      .flatMap((network) => Array.from({ length: 254 }, (_, host) => `${network}.${host + 1}`))
      .find((address) => !taken.has(address));
    if (free === undefined)
      throw new ServiceError("AddressLimitExceeded", "The maximum number of addresses has been reached.");
    return {
      public_ip: free,
      public_dns: `ec2-${free.replaceAll(".", "-")}.${context.caller.region}.compute.amazonaws.com`,
    };
  },

  delete(context, state) {
    const id = new ConfigReader(state).text("id");
    if (standing(context, "aws_nat_gateway").some((gateway) => gateway.text("allocation_id") === id))
      throw new ServiceError("AuthFailure", "You do not have permission to access the specified resource.");
  },
};
