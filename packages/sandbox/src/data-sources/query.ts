import { type ObjectValue, type TerraformType } from "@cluster-ipam/terraform-provider";
import { type Templates } from "../computed-values/template";

/** Templates for a data source's members, for one lookup. @throws DiagnosticError when the lookup cannot succeed */
export type Query = (config: ObjectValue, terraformType: TerraformType) => Templates;
