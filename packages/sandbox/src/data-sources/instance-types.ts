import { INSTANCE_TYPES } from "@cluster-ipam/address-plan/cloud";
import { DiagnosticError } from "@cluster-ipam/terraform-provider";
import { type Templates } from "../computed-values/template";

/** The members of an EC2 instance type that determine pods per node. @throws DiagnosticError for types missing from the address plan's table */
export function instanceType(name: string): Templates {
  const shape = INSTANCE_TYPES.get(name);
  if (!shape)
    throw new DiagnosticError({
      summary: `reading EC2 Instance Type (${name}): couldn't find resource`,
      detail: `The sandbox knows the ${INSTANCE_TYPES.size} types in the address plan's table. For others, pass ENIs and addresses as inputs.`,
    });
  return {
    default_vcpus: shape.vcpus,
    maximum_network_interfaces: shape.enis,
    maximum_ipv4_addresses_per_interface: shape.addressesPerEni,
  };
}
