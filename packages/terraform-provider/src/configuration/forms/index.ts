import { awsForms } from "./aws-forms";
import { type Form } from "./form";
import { kubernetesForms } from "./kubernetes-forms";

/** All forms that members may have to have, by name. */
export const forms: Readonly<Record<string, Form>> = { ...awsForms, ...kubernetesForms };
