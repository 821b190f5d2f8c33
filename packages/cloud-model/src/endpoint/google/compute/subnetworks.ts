import { Prefix } from "@cluster-ipam/address-plan/prefix";
import { type Subnetwork, subnetworkOf, subnetworksWhere } from "../../../google/documents/subnetwork";
import { getIamPolicy, setIamPolicy } from "../../../google/operations/compute/subnetwork-policies";
import {
  deleteSubnetwork,
  expandIpCidrRange,
  insertSubnetwork,
  patchSubnetwork,
} from "../../../google/operations/compute/subnetworks";
import { subnetworkUtilization } from "../../../google/operations/compute/utilization";
import { type SubnetworkPatch, type SubnetworkRequest } from "../../../google/requests/compute";
import { type RequestContext } from "../../../request-context";
import { updateRepresentation } from "../documents/representation";
import { type JsonObject } from "../rest/json-body";
import { type Route } from "../rest/route";
import { computeSchemas } from "../schemas/compute";
import { policyView, readPolicy } from "../documents/policy";
import { linkTo, startOperation } from "./compute-operation";
import { namedResource } from "./resource-routes";
import { type ResourceType } from "./resource-type";

/** `compute.subnetworks` */
export const subnetworks: ResourceType = {
  collection: "subnetworks",
  schema: "Subnetwork",
  scopes: ["region"],
  changes: ["patch"],
  fixed: ["name", "network", "ipCidrRange", "reservedInternalRange", "purpose"],
  fingerprint: "fingerprint",
  defaults: () => ({
    purpose: "PRIVATE",
    privateIpGoogleAccess: false,
    privateIpv6GoogleAccess: "DISABLE_GOOGLE_ACCESS",
    stackType: "IPV4_ONLY",
    allowSubnetCidrRoutesOverlap: false,
  }),
  views: { WITH_UTILIZATION: utilizationOf },
  all: (transaction) => subnetworksWhere(transaction, () => true).map(({ id }) => id),
  insert: (context, body) => insertSubnetwork(context, body as unknown as SubnetworkRequest).id,
  change(context, id, { secondaryIpRanges }) {
    if (secondaryIpRanges === undefined) return;
    patchSubnetwork(context, id, {
      secondaryIpRanges: (secondaryIpRanges ?? []) as SubnetworkPatch["secondaryIpRanges"],
    });
  },
  remove: deleteSubnetwork,
  known: ({ transaction }, id) => knownOf(subnetworkOf(transaction, id)!),
};

const knownOf = ({ network, cidr, reserved, secondary }: Subnetwork): JsonObject => ({
  network: linkTo(network),
  ipCidrRange: cidr,
  gatewayAddress: Prefix.ipv4At(Number(Prefix.parse(cidr).first) + 1, 32)
    .toString()
    .split("/")[0],
  reservedInternalRange: rangeLink(reserved),
  secondaryIpRanges: secondary.map((range) => ({
    rangeName: range.name,
    ipCidrRange: range.cidr,
    ...(range.reserved === undefined ? {} : { reservedInternalRange: rangeLink(range.reserved) }),
  })),
});

const rangeLink = (id: string | undefined): string | undefined =>
  id === undefined ? undefined : `https://networkconnectivity.googleapis.com/v1/${id}`;

/** How full its ranges are. */
function utilizationOf(context: RequestContext, id: string): JsonObject {
  const ranges = subnetworkUtilization(context, id).map(({ rangeName, allocated, free }) => ({
    ...(rangeName === "" ? {} : { rangeName }),
    totalAllocatedIp: String(allocated),
    totalFreeIp: String(free),
  }));
  return { utilizationDetails: { ipv4Utilizations: ranges } };
}

const one = "compute/v1/projects/{project}/regions/{region}/subnetworks/{name}";
const bodyOf = (name: string) => ({ schemas: computeSchemas, name, field: "resource" });

/** The methods of subnetworks alone. */
export const subnetworkRoutes: readonly Route[] = [
  {
    id: "compute.subnetworks.expandIpCidrRange",
    method: "POST",
    path: `${one}/expandIpCidrRange`,
    body: bodyOf("SubnetworksExpandIpCidrRangeRequest"),
    answer(context, request) {
      const id = namedResource(context, subnetworks, request);
      expandIpCidrRange(context, id, { ipCidrRange: String(request.body["ipCidrRange"] ?? "") });
      return startOperation(context, "expandIpCidrRange", id);
    },
  },
  {
    id: "compute.subnetworks.setPrivateIpGoogleAccess",
    method: "POST",
    path: `${one}/setPrivateIpGoogleAccess`,
    body: bodyOf("SubnetworksSetPrivateIpGoogleAccessRequest"),
    answer(context, request) {
      const id = namedResource(context, subnetworks, request);
      const { privateIpGoogleAccess = false } = request.body;
      updateRepresentation(context.transaction, id, { privateIpGoogleAccess });
      return startOperation(context, "setPrivateIpGoogleAccess", id);
    },
  },
  {
    id: "compute.subnetworks.getIamPolicy",
    method: "GET",
    path: `${one}/getIamPolicy`,
    query: ["optionsRequestedPolicyVersion"],
    answer: (context, request) =>
      policyView(getIamPolicy(context, namedResource(context, subnetworks, request))),
  },
  {
    id: "compute.subnetworks.setIamPolicy",
    method: "POST",
    path: `${one}/setIamPolicy`,
    body: bodyOf("RegionSetPolicyRequest"),
    answer(context, request) {
      const id = namedResource(context, subnetworks, request);
      setIamPolicy(context, id, readPolicy(request.body["policy"], getIamPolicy(context, id)));
      return policyView(getIamPolicy(context, id));
    },
  },
  {
    id: "compute.subnetworks.testIamPermissions",
    method: "POST",
    path: `${one}/testIamPermissions`,
    body: bodyOf("TestPermissionsRequest"),
    answer(context, request) {
      namedResource(context, subnetworks, request);
      return { permissions: request.body["permissions"] ?? [] };
    },
  },
];
