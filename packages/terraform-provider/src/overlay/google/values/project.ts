import { type TypeOverlay } from "../../../schema/overlay";

/** Values that services and service accounts of projects accept. */
export const projectValues: Readonly<Record<string, TypeOverlay>> = {
  google_project_service: {
    checks: {
      matches: {
        service: "\\.",
      },
      noneOf: {
        service: ["bigquery-json.googleapis.com"],
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
      matches: {
        account_id: "^[a-z]([-a-z0-9]*[a-z0-9])?$",
      },
    },
  },
};
