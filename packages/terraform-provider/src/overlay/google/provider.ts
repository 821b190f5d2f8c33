import { each, paths, type TypeOverlay } from "../../schema/overlay";

/** Services whose endpoint may be another than Google's, of releases newer than the bindings. */
const newerEndpoints = paths(`
  agent_identity agent_registry agentic_applications biglake_hive biglake_iceberg bigquery_datapolicyv2 billing_budgets ces cloud_security_compliance cloud_support config data_lineage dataform firebase_remote_config hypercomputecluster license_manager network_connectivityv1 observability resource_manager3 service_directory vector_search workload_identity workstations
`);

/** The provider block of google. */
export const provider: TypeOverlay = {
  items: { batching: [0, 1], external_credentials: [0, 1] },
  required: [
    "external_credentials.audience",
    "external_credentials.identity_token",
    "external_credentials.service_account_email",
  ],
  removed: ["tpu_custom_endpoint"],
  added: {
    deletion_policy: { type: "string", optional: true, since: "7.33.0" },
    poll_interval: { type: "string", optional: true, since: "7.19.0" },
    prefer_global_endpoints: { type: "bool", optional: true, since: "7.30.0" },
    prefer_regional_endpoints: { type: "bool", optional: true, since: "7.30.0" },
    ...Object.fromEntries(
      newerEndpoints.map((service) => [`${service}_custom_endpoint`, { type: "string", optional: true }]),
    ),
  },
  checks: {
    conflicts: {
      access_token: ["credentials", "external_credentials"],
      credentials: ["access_token", "external_credentials"],
      external_credentials: ["access_token", "credentials"],
    },
    forms: {
      ...each(
        `access_token billing_project external_credentials.audience impersonate_service_account project region zone`,
        "not-empty",
      ),
      "batching.send_after": "non-negative-duration",
      credentials: "credentials",
      "external_credentials.identity_token": "jwt",
      "external_credentials.service_account_email": "service-account-email",
    },
  },
};
