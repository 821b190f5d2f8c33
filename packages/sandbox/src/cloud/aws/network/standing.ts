import { type ObjectValue } from "../../../plugin/value";
import { Asked } from "../../asked";
import { keptOf } from "../../kept-resource";
import { type Scene } from "../../resource-model";

/** What stands of a Terraform type in the caller's account and Region. */
export const standing = ({ transaction, place }: Scene, type: string): readonly Asked[] =>
  keptOf(transaction, type)
    .filter(({ owner, region }) => owner === place.owner && region === place.region)
    .map(({ state }) => new Asked(state as ObjectValue));

/** The one with that id, or undefined. */
export const standingById = (scene: Scene, type: string, id: string): Asked | undefined =>
  standing(scene, type).find((resource) => resource.text("id") === id);
