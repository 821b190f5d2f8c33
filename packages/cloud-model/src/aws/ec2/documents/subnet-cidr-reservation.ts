import { type SubnetCidrReservationType } from "@aws-sdk/client-ec2";
import { type Transaction } from "../../../store/transaction";
import { Ec2Kind } from "./ec2-kind";
import { type Located } from "./located";

/** A part of a subnet from which EC2 assigns only prefixes, or only explicitly requested addresses. */
export interface SubnetCidrReservation extends Located {
  readonly SubnetCidrReservationId: string;
  readonly SubnetId: string;
  readonly Cidr: string;
  readonly ReservationType: SubnetCidrReservationType;
  readonly Description?: string | undefined;
}

/** All CIDR reservations. */
export const subnetCidrReservations = new Ec2Kind<SubnetCidrReservation>("subnet-cidr-reservation", "scr", [
  "InvalidSubnetCidrReservationID.NotFound",
  "subnet CIDR reservation ID",
]);

/** The CIDR reservations of a subnet. */
export const reservationsIn = (
  transaction: Transaction,
  subnetId: string,
): readonly SubnetCidrReservation[] =>
  transaction.filter(subnetCidrReservations, ({ SubnetId }) => SubnetId === subnetId);
