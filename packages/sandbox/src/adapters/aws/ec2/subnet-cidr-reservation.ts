import { type ObjectValue } from "@cluster-ipam/terraform-provider";
import {
  createSubnetCidrReservation,
  deleteSubnetCidrReservation,
  type SubnetCidrReservation,
  subnetCidrReservations,
} from "@cluster-ipam/cloud-model/aws/ec2";
import { type ResourceModel } from "../../resource-model";
import { stringAt } from "../../arguments";

/** `aws_ec2_subnet_cidr_reservation`, imported by `subnet:reservation`. */
export const subnetCidrReservation: ResourceModel = {
  create(context, planned) {
    const { SubnetCidrReservation: made } = createSubnetCidrReservation(context, {
      SubnetId: stringAt(planned, "subnet_id"),
      Cidr: stringAt(planned, "cidr_block"),
      ReservationType: stringAt(planned, "reservation_type") === "prefix" ? "prefix" : "explicit",
      Description: stringAt(planned, "description"),
    });
    return toTerraformState(subnetCidrReservations.get(context, made?.SubnetCidrReservationId));
  },
  delete(context, state) {
    deleteSubnetCidrReservation(context, { SubnetCidrReservationId: String(state["id"]) });
  },
  read(context, state) {
    const found = subnetCidrReservations.find(context, String(state["id"]));
    return found ? toTerraformState(found) : null;
  },
  find(context, id) {
    const found = subnetCidrReservations.find(context, id.slice(id.indexOf(":") + 1));
    return found && toTerraformState(found);
  },
};

const toTerraformState = (found: SubnetCidrReservation): ObjectValue => ({
  id: found.SubnetCidrReservationId,
  cidr_block: found.Cidr,
  description: found.Description ?? null,
  owner_id: found.OwnerId,
  region: found.Region,
  reservation_type: found.ReservationType,
  subnet_id: found.SubnetId,
});
