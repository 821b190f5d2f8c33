import {
  type AssociateAccessPolicyRequest,
  type CreateAccessEntryRequest,
  type DeleteAccessEntryRequest,
  type DisassociateAccessPolicyRequest,
} from "@aws-sdk/client-eks";
import { type RequestContext } from "../../../request-context";
import {
  accessEntries,
  type EksAccessEntry,
  locationIn,
  partNamed,
  putPart,
  removePart,
} from "../documents/cluster-part";
import { inUse, invalidRequest, notFound } from "../rules/refusals";
import { getCluster } from "./cluster";

/** Lets a principal into a cluster. @throws ServiceError if it has an entry or the cluster knows no entries */
export function createAccessEntry(context: RequestContext, request: CreateAccessEntryRequest): void {
  const cluster = getCluster(context, request.clusterName);
  const { principalArn: name = "" } = request;
  if (partNamed(context.transaction, accessEntries, cluster, name))
    throw inUse("The specified access entry resource is already in use on this cluster.");
  if (cluster.authenticationMode === "CONFIG_MAP")
    throw invalidRequest(
      "The cluster's authentication mode must be set to one of [API, API_AND_CONFIG_MAP] to perform this operation.",
    );
  putPart(context.transaction, accessEntries, { ...locationIn(cluster), name, policyArns: [] });
}

/** Deletes an access entry with its policy associations. */
export function deleteAccessEntry(context: RequestContext, request: DeleteAccessEntryRequest): void {
  removePart(context.transaction, accessEntries, getEntry(context, request));
}

/** Gives an access entry a policy; one that it has is no error. */
export function associateAccessPolicy(context: RequestContext, request: AssociateAccessPolicyRequest): void {
  const entry = getEntry(context, request);
  const { policyArn = "" } = request;
  const policyArns = [...new Set([...entry.policyArns, policyArn])];
  putPart(context.transaction, accessEntries, { ...entry, policyArns });
}

/** Takes a policy from an access entry. */
export function disassociateAccessPolicy(
  context: RequestContext,
  request: DisassociateAccessPolicyRequest,
): void {
  const entry = getEntry(context, request);
  const policyArns = entry.policyArns.filter((arn) => arn !== request.policyArn);
  putPart(context.transaction, accessEntries, { ...entry, policyArns });
}

function getEntry(
  context: RequestContext,
  { clusterName, principalArn = "" }: DeleteAccessEntryRequest,
): EksAccessEntry {
  const entry = partNamed(context.transaction, accessEntries, getCluster(context, clusterName), principalArn);
  if (!entry)
    throw notFound(
      "The specified principalArn could not be found. You can view your available access entries with 'list-access-entries'.",
    );
  return entry;
}
