import { type TypeOverlay } from "../../../schema/overlay";

/** Values that services and service accounts of projects accept. */
export const projectValues: Readonly<Record<string, TypeOverlay>> = {
  google_project_service: {
    checks: {
      forms: {
        service: "google-service",
      },
    },
    suppress: {
      project: "resource-name",
    },
  },
  google_service_account: {
    checks: {
      length: {
        account_id: [6, 30],
        description: [0, 256],
      },
      forms: {
        account_id: "rfc1035-name",
      },
    },
  },
};
