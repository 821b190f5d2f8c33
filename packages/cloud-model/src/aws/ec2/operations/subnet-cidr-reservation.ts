import {
  type CreateSubnetCidrReservationRequest,
  type CreateSubnetCidrReservationResult,
  type DeleteSubnetCidrReservationRequest,
  type DeleteSubnetCidrReservationResult,
  type GetSubnetCidrReservationsRequest,
  type GetSubnetCidrReservationsResult,
  type SubnetCidrReservation as SubnetCidrReservationShape,
} from "@aws-sdk/client-ec2";
import { type RequestContext } from "../../../request-context";
import { ServiceError } from "../../../service-error";
import { readCidr } from "../rules/cidr";
import { locationOf } from "../documents/located";
import { invalidValue, required } from "../documents/refusals";
import { subnets } from "../documents/subnet";
import {
  reservationsIn,
  type SubnetCidrReservation,
  subnetCidrReservations,
} from "../documents/subnet-cidr-reservation";
import { removeTags, tagsOf } from "../documents/tags";
import { addTags, tagsFor } from "../rules/tags";
import { filterAndPage, type Listing } from "./filter-and-page";

/** Reserves a part of a subnet that overlaps no other reservation. Addresses in use stay in use. */
export function createSubnetCidrReservation(
  context: RequestContext,
  input: CreateSubnetCidrReservationRequest,
): CreateSubnetCidrReservationResult {
  const { SubnetId, CidrBlock, Ipv6CidrBlock } = subnets.get(context, input.SubnetId);
  const ReservationType = required(input.ReservationType, "ReservationType");
  const cidr = readCidr(required(input.Cidr, "Cidr"), "cidr");
  const within = [CidrBlock, ...(Ipv6CidrBlock ? [Ipv6CidrBlock] : [])].some((space) =>
    readCidr(space).contains(cidr),
  );
  if (!within) throw invalidValue(`The CIDR '${cidr}' is not within the CIDR of the subnet '${SubnetId}'.`);
  if (reservationsIn(context.transaction, SubnetId).some(({ Cidr }) => readCidr(Cidr).overlaps(cidr)))
    throw new ServiceError(
      "InvalidCidr.InUse",
      `The CIDR '${cidr}' overlaps with another CIDR reservation of the subnet '${SubnetId}'.`,
    );
  const reservation: SubnetCidrReservation = {
    ...locationOf(context),
    SubnetCidrReservationId: subnetCidrReservations.newId(context),
    SubnetId,
    Cidr: cidr.toString(),
    ReservationType,
    Description: input.Description,
  };
  const id = reservation.SubnetCidrReservationId;
  context.transaction.put(subnetCidrReservations, id, reservation);
  addTags(
    context,
    id,
    "subnet-cidr-reservation",
    tagsFor("subnet-cidr-reservation", input.TagSpecifications),
  );
  return { SubnetCidrReservation: toShape(context, reservation) };
}

/** Deletes a reservation. */
export function deleteSubnetCidrReservation(
  context: RequestContext,
  input: DeleteSubnetCidrReservationRequest,
): DeleteSubnetCidrReservationResult {
  const reservation = subnetCidrReservations.get(context, input.SubnetCidrReservationId);
  const answer = toShape(context, reservation);
  context.transaction.remove(subnetCidrReservations, reservation.SubnetCidrReservationId);
  removeTags(context, reservation.SubnetCidrReservationId);
  return { DeletedSubnetCidrReservation: answer };
}

/** Lists the reservations of a subnet. */
export function getSubnetCidrReservations(
  context: RequestContext,
  input: GetSubnetCidrReservationsRequest,
): GetSubnetCidrReservationsResult {
  const { SubnetId } = subnets.get(context, input.SubnetId);
  const { documents, NextToken } = filterAndPage(
    context,
    reservationsIn(context.transaction, SubnetId),
    listing,
    input,
  );
  const ofFamily = (ipv6: boolean) =>
    documents.filter(({ Cidr }) => Cidr.includes(":") === ipv6).map((one) => toShape(context, one));
  return {
    SubnetIpv4CidrReservations: ofFamily(false),
    SubnetIpv6CidrReservations: ofFamily(true),
    NextToken,
  };
}

const listing: Listing<SubnetCidrReservation> = {
  action: "GetSubnetCidrReservations",
  idOf: ({ SubnetCidrReservationId }) => SubnetCidrReservationId,
  missing: (id) => subnetCidrReservations.notFound(id),
  filters: {
    reservationType: ({ ReservationType }) => ReservationType,
    "reservation-type": ({ ReservationType }) => ReservationType,
    "subnet-id": ({ SubnetId }) => SubnetId,
  },
};

const toShape = (
  { transaction }: RequestContext,
  { Region: _, ...reservation }: SubnetCidrReservation,
): SubnetCidrReservationShape => ({
  ...reservation,
  Tags: tagsOf(transaction, reservation.SubnetCidrReservationId),
});
