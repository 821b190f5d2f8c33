import { awsForms } from "./aws-forms";
import { type Form, ofText } from "./form";
import { googleForms } from "./google-forms";
import { kubernetesForms } from "./kubernetes-forms";

/** All forms that members may have to have, by name. */
export const forms: Readonly<Record<string, Form>> = {
  "not-empty": ofText((text) => (text === "" ? "must not be empty" : undefined)),
  ...awsForms,
  ...googleForms,
  ...kubernetesForms,
};
