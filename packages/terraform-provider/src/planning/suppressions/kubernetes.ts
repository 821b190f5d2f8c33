import { isSameQuantity, parseQuantity } from "../../configuration/forms/quantity";
import { type Suppression } from "./suppression";

/** Rules of hashicorp/kubernetes. */
export const kubernetesSuppressions: Readonly<Record<string, Suppression>> = {
  /** The same amount in another spelling. */
  quantity: (prior, planned) => {
    const [before, after] = [parseQuantity(prior), parseQuantity(planned)];
    return before !== undefined && after !== undefined && isSameQuantity(before, after);
  },
};
