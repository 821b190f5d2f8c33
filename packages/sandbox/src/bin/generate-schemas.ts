import { providerNames } from "../sandbox";
import { writeSchemas } from "../schema/generated";

writeSchemas(providerNames);
