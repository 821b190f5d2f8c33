// Written by tools/google-schemas.mjs from Google's discovery document of serviceusage v1, revision 20260721.

/** The schemas of serviceusage's request bodies: see `Schemas`. */
export const serviceusageSchemas = {
  BatchEnableServicesRequest: "serviceIds:[s",
  DisableServiceRequest:
    "checkIfServiceHasUsage:eCHECK_IF_SERVICE_HAS_USAGE_UNSPECIFIED|SKIP|CHECK disableDependentServices:b",
  EnableServiceRequest: "",
};
