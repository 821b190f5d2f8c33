import { type SubnetCidrReservationType } from "@aws-sdk/client-ec2";
import { type Transaction } from "../../../store/transaction";
import { Ec2Kind } from "./ec2-kind";
import { type Located } from "./located";

/** A part of a subnet that EC2 gives away only as prefixes, or only when asked for by address. */
export interface SubnetCidrReservation extends Located {
  readonly SubnetCidrReservationId: string;
  readonly SubnetId: string;
  readonly Cidr: string;
  readonly ReservationType: SubnetCidrReservationType;
  readonly Description?: string | undefined;
}

/** All CIDR reservations. */
export const subnetCidrReservations = new Ec2Kind<SubnetCidrReservation>("subnet-cidr-reservation", "scr", [
  "InvalidSubnetCidrReservationId.NotFound",
  "subnet CIDR reservation ID",
]);

/** The CIDR reservations of a subnet. */
export const reservationsIn = (
  transaction: Transaction,
  subnetId: string,
): readonly SubnetCidrReservation[] =>
  transaction.filter(subnetCidrReservations, ({ SubnetId }) => SubnetId === subnetId);
