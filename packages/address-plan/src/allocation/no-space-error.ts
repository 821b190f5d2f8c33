import { type SizeSetting } from "../blocks/required-block";
import { AddressPlanError } from "../message/address-plan-error";

/** A block for which its pool has no space. */
export class NoSpaceError extends AddressPlanError {
  /**
   * @param key key of the block
   * @param length its netmask length
   * @param pool the pool or the space
   * @param setting the setting that makes the pool larger; undefined for a space
   */
  constructor(
    readonly key: string,
    readonly length: number,
    readonly pool: {
      readonly key: string;
      readonly cidrs: readonly string[];
      readonly setting?: SizeSetting;
    },
  ) {
    super(key, `no aligned /${length} is free in ${pool.cidrs.join(", ")} of ${pool.key}`);
    this.name = "NoSpaceError";
  }
}
