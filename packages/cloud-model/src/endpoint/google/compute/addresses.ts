import { addressOf, allAddresses } from "../../../google/documents/address";
import { deleteAddress, insertAddress } from "../../../google/operations/compute/addresses";
import { type AddressRequest } from "../../../google/requests/compute";
import { conditionNotMet } from "../rest/refusal";
import { updateRepresentation } from "../documents/representation";
import { type Route } from "../rest/route";
import { computeSchemas } from "../schemas/compute";
import { linkTo, startOperation } from "./compute-operation";
import { namedResource } from "./resource-routes";
import { type ResourceType } from "./resource-type";
import { viewOf } from "./resource-view";

/** `compute.addresses` and `compute.globalAddresses` */
export const addresses: ResourceType = {
  collection: "addresses",
  schema: "Address",
  scopes: ["global", "region"],
  fixed: [],
  fingerprint: "labelFingerprint",
  defaults: ({ addressType = "EXTERNAL", purpose }) => ({
    addressType,
    networkTier: "PREMIUM",
    ...(addressType === "INTERNAL" ? { purpose: purpose ?? "GCE_ENDPOINT" } : {}),
    status: "RESERVED",
  }),
  all: (transaction) => allAddresses(transaction).map(({ id }) => id),
  insert: (context, body) => insertAddress(context, body as unknown as AddressRequest).id,
  remove: deleteAddress,
  known({ transaction }, id) {
    const { address, subnetwork } = addressOf(transaction, id)!;
    return { address, ...(subnetwork === undefined ? {} : { subnetwork: linkTo(subnetwork) }) };
  },
};

/** The methods of addresses alone. */
export const addressRoutes: readonly Route[] = [
  {
    id: "compute.addresses.setLabels",
    method: "POST",
    path: "compute/v1/projects/{project}/regions/{region}/addresses/{name}/setLabels",
    body: { schemas: computeSchemas, name: "RegionSetLabelsRequest", field: "resource" },
    answer(context, request) {
      const id = namedResource(context, addresses, request);
      const { labels = {}, labelFingerprint } = request.body;
      if (labelFingerprint !== viewOf(context, addresses, id)["labelFingerprint"])
        throw conditionNotMet("fingerprint");
      updateRepresentation(context.transaction, id, { labels });
      return startOperation(context, "setLabels", id);
    },
  },
];
