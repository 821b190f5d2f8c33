// Writes the schemas of Google's request bodies, from Google's discovery documents, to
// packages/cloud-model/src/endpoint/google/schemas. Usage: node tools/google-schemas.mjs <folder>, where <folder> holds
// the documents as google-api-go-client does: compute/v1/compute-api.json, container/v1/container-api.json ...

import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";

const [folder] = process.argv.slice(2);
if (!folder) throw new Error("usage: node tools/google-schemas.mjs <folder of discovery documents>");

/** The bodies that the endpoint reads, by service. */
const roots = {
  compute: [
    ...["Network", "Subnetwork", "Router", "Firewall", "Address", "RegionSetPolicyRequest"],
    ...["SubnetworksExpandIpCidrRangeRequest", "SubnetworksSetPrivateIpGoogleAccessRequest"],
    ...["TestPermissionsRequest", "RegionSetLabelsRequest"],
  ],
  container: [
    ...["CreateClusterRequest", "UpdateClusterRequest", "SetLabelsRequest", "SetMaintenancePolicyRequest"],
    ...["SetLegacyAbacRequest", "SetNetworkPolicyRequest", "SetLocationsRequest", "UpdateMasterRequest"],
    ...["CreateNodePoolRequest", "UpdateNodePoolRequest", "SetNodePoolSizeRequest"],
    ...["SetNodePoolAutoscalingRequest", "SetNodePoolManagementRequest"],
  ],
  networkconnectivity: ["InternalRange"],
  iam: [
    ...["CreateServiceAccountRequest", "PatchServiceAccountRequest", "SetIamPolicyRequest"],
    ...["TestIamPermissionsRequest", "EnableServiceAccountRequest", "DisableServiceAccountRequest"],
  ],
  cloudresourcemanager: ["SetIamPolicyRequest", "GetIamPolicyRequest", "TestIamPermissionsRequest"],
  serviceusage: ["EnableServiceRequest", "DisableServiceRequest", "BatchEnableServicesRequest"],
};

const scalars = { boolean: "b", integer: "i", number: "n", any: "a" };

const isOutput = ({ readOnly, description = "" }) =>
  readOnly || /^\[Output[ -]Only\]/i.test(description.trim());

/** The type of a member, in the notation of `Schemas`. @param inline takes the schema of an object without a name of its own */
function typeOf(schema, inline) {
  if (schema.$ref) return `@${schema.$ref}`;
  if (schema.type === "array") return `[${typeOf(schema.items, inline)}`;
  if (schema.additionalProperties) return `{${typeOf(schema.additionalProperties, inline)}`;
  if (schema.properties) return `@${inline(schema)}`;
  if (schema.type === "string" && /^u?int64$/.test(schema.format ?? "")) return "l";
  if (schema.enum) return `e${schema.enum.join("|")}`;
  return scalars[schema.type] ?? "s";
}

for (const [service, names] of Object.entries(roots)) {
  const { schemas, revision } = JSON.parse(
    readFileSync(join(folder, service, "v1", `${service}-api.json`), "utf8"),
  );
  const found = new Map();
  const visit = (name) => {
    if (found.has(name)) return;
    const members = Object.entries(schemas[name].properties ?? {}).sort(([a], [b]) => (a < b ? -1 : 1));
    found.set(name, "");
    // Members that only Google sets are ignored in requests, whatever is in them.
    const lines = members.map(([member, schema]) => {
      const inline = (object) => {
        const own = `${name}${member[0].toUpperCase()}${member.slice(1)}`;
        schemas[own] = object;
        return own;
      };
      return isOutput(schema) ? `${member}:-` : `${member}:${typeOf(schema, inline)}`;
    });
    found.set(name, lines.join(" "));
    for (const line of lines) for (const [, reference] of line.matchAll(/@(\w+)/g)) visit(reference);
  };
  names.forEach(visit);
  const lines = [...found].sort(([a], [b]) => (a < b ? -1 : 1));
  writeFileSync(
    join(import.meta.dirname, "../packages/cloud-model/src/endpoint/google/schemas", `${service}.ts`),
    `// Written by tools/google-schemas.mjs from Google's discovery document of ${service} v1, revision ${revision}.\n\n` +
      `/** The schemas of ${service}'s request bodies: see \`Schemas\`. */\n` +
      `export const ${service}Schemas = {\n${lines.map(([name, text]) => `  ${name}: ${JSON.stringify(text)},`).join("\n")}\n};\n`,
  );
}
