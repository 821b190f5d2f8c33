import { type TypeOverlay } from "../../schema/overlay";

/** Data sources of google. */
export const lookups: Readonly<Record<string, TypeOverlay>> = {
  google_client_config: { sensitive: ["access_token"] },
  google_container_engine_versions: {},
  google_project: {},
};
