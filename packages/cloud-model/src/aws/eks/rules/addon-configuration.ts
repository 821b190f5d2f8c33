import type Ajv from "ajv";
import { type ErrorObject } from "ajv";
import { ServiceError } from "../../../service-error";
import { addonSchemas } from "./addon-schemas";

let ajv: Ajv | undefined;

/**
 * Checks an add-on's configuration against its schema, with EKS's error messages.
 *
 * @param configuration JSON text; empty if there is none. YAML, which EKS accepts too, is not checked
 * @throws ServiceError InvalidParameterException
 */
export function checkConfiguration(addon: string, configuration: string): void {
  const schema = addonSchemas[addon];
  if (!schema || !configuration.trimStart().startsWith("{")) return;
  const faults = faultsOf(schema, parsed(configuration));
  if (faults.length > 0)
    throw unsupported(`Json schema validation failed with error: [${faults.join(", ")}]`);
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw unsupported(`Json parsing failed with error: ${(error as SyntaxError).message}`);
  }
}

const unsupported = (reason: string): ServiceError =>
  new ServiceError(
    "InvalidParameterException",
    `ConfigurationValue provided in request is not supported: ${reason}`,
  );

function faultsOf(schema: object, value: unknown): readonly string[] {
  ajv ??= newAjv();
  const validate = ajv.compile(schema);
  return validate(value) ? [] : (validate.errors ?? []).map(faultText);
}

function newAjv(): Ajv {
  // eslint-disable-next-line @typescript-eslint/no-require-imports -- few runs check an add-on; all of them would load it
  const Validator = (require("ajv") as { default: typeof Ajv }).default;
  return new Validator({ allErrors: true, allowUnionTypes: true, verbose: true });
}

function faultText({ instancePath, keyword, params, message, data }: ErrorObject): string {
  const path = `$${instancePath.replaceAll("/", ".")}`;
  if (keyword === "additionalProperties")
    return `${path}.${String(params["additionalProperty"])}: is not defined in the schema and the schema does not allow additional properties`;
  if (keyword === "required")
    return `${path}.${String(params["missingProperty"])}: is missing but it is required`;
  if (keyword === "type")
    return `${path}: ${data === null ? "null" : typeof data} found, ${[params["type"]].flat().join(" or ")} expected`;
  return `${path}: ${message ?? keyword}`;
}
