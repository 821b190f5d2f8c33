import { type ObjectValue } from "../../plugin/value";
import { type ResourceModel } from "../resource-model";
import { textAt } from "../arguments";
import {
  createSubnetCidrReservation,
  deleteSubnetCidrReservation,
  type SubnetCidrReservation,
  subnetCidrReservations,
} from "./ec2/subnet-cidr-reservation";

/** `aws_ec2_subnet_cidr_reservation`, imported by `subnet:reservation`. */
export const subnetCidrReservation: ResourceModel = {
  create(scene, planned) {
    const { SubnetCidrReservation: made } = createSubnetCidrReservation(scene, {
      SubnetId: textAt(planned, "subnet_id"),
      Cidr: textAt(planned, "cidr_block"),
      ReservationType: textAt(planned, "reservation_type") === "prefix" ? "prefix" : "explicit",
      Description: textAt(planned, "description"),
    });
    return membersOf(subnetCidrReservations.get(scene, made?.SubnetCidrReservationId));
  },
  delete(scene, state) {
    deleteSubnetCidrReservation(scene, { SubnetCidrReservationId: String(state["id"]) });
  },
  read(scene, state) {
    const found = subnetCidrReservations.find(scene, String(state["id"]));
    return found ? membersOf(found) : null;
  },
  find(scene, id) {
    const found = subnetCidrReservations.find(scene, id.slice(id.indexOf(":") + 1));
    return found && membersOf(found);
  },
};

const membersOf = (found: SubnetCidrReservation): ObjectValue => ({
  id: found.SubnetCidrReservationId,
  cidr_block: found.Cidr,
  description: found.Description ?? null,
  owner_id: found.OwnerId,
  region: found.Region,
  reservation_type: found.ReservationType,
  subnet_id: found.SubnetId,
});
