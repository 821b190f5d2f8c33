import { providerNames } from "../bindings/bindings";
import { writeSchemas } from "../catalogue/generated";

writeSchemas(providerNames);
