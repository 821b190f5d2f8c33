import { type SizeSetting } from "../blocks/required-block";
import { AddressPlanError } from "../message/address-plan-error";
import { type Prefix } from "../prefix/prefix";

/** A block for which its pool has no space. */
export class NoSpaceError extends AddressPlanError {
  /**
   * @param key key of the block
   * @param length its netmask length
   * @param pool the pool or the space; its setting makes it larger, and a space has none
   * @param primary primary CIDR of the VPC that the block joins; undefined for a block outside of VPCs
   */
  constructor(
    readonly key: string,
    readonly length: number,
    readonly pool: {
      readonly key: string;
      readonly cidrs: readonly string[];
      readonly setting?: SizeSetting;
    },
    readonly primary?: Prefix,
  ) {
    super(key, `no aligned /${length} is free in ${pool.cidrs.join(", ")} of ${pool.key}`);
    this.name = "NoSpaceError";
  }
}
