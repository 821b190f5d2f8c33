// Written by tools/google-schemas.mjs from Google's discovery document of networkconnectivity v1, revision 20260715.

/** The schemas of networkconnectivity's request bodies: see `Schemas`. */
export const networkconnectivitySchemas = {
  AllocationOptions:
    "allocationStrategy:eALLOCATION_STRATEGY_UNSPECIFIED|RANDOM|FIRST_AVAILABLE|RANDOM_FIRST_N_AVAILABLE|FIRST_SMALLEST_FITTING firstAvailableRangesLookupSize:i",
  InternalRange:
    "allocationOptions:@AllocationOptions createTime:- description:s excludeCidrRanges:[s immutable:b ipCidrRange:s labels:{s migration:@Migration name:s network:s overlaps:[eOVERLAP_UNSPECIFIED|OVERLAP_ROUTE_RANGE|OVERLAP_EXISTING_SUBNET_RANGE peering:ePEERING_UNSPECIFIED|FOR_SELF|FOR_PEER|NOT_SHARED prefixLength:i targetCidrRange:[s updateTime:- usage:eUSAGE_UNSPECIFIED|FOR_VPC|EXTERNAL_TO_VPC|FOR_MIGRATION users:-",
  Migration: "source:s target:s",
};
