import { type TypeOverlay } from "../../schema/overlay";
import { type Checks } from "../../schema/checks";

const LABELS: Checks = { forms: { "metadata.annotations": "annotations", "metadata.labels": "labels" } };

/** Metadata of most objects: the name is a DNS subdomain. */
export const metadata: TypeOverlay = {
  checks: {
    forms: { ...LABELS.forms, "metadata.name": "object-name", "metadata.generate_name": "name-prefix" },
  },
};

/** Metadata of roles and bindings, whose name is a segment of a path. */
export const roleMetadata: TypeOverlay = {
  checks: {
    forms: { ...LABELS.forms, "metadata.name": "path-segment", "metadata.generate_name": "path-segment" },
  },
};

/** The provider refuses a name beside a prefix only for some types: for the others its check names a wrong path. */
export const nameOrPrefix: TypeOverlay = {
  checks: {
    conflicts: {
      "metadata.name": ["metadata.generate_name"],
      "metadata.generate_name": ["metadata.name"],
    },
  },
};
