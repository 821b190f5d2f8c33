import { type IpamMeteredAccount, type IpamTier } from "@aws-sdk/client-ec2";
import { Ec2Kind } from "./ec2-kind";
import { type Located } from "./located";

/** An IPAM. `Region` is its home Region. */
export interface Ipam extends Located {
  readonly IpamId: string;
  readonly PrivateDefaultScopeId: string;
  readonly PublicDefaultScopeId: string;
  readonly DefaultResourceDiscoveryId: string;
  readonly DefaultResourceDiscoveryAssociationId: string;
  readonly Description?: string | undefined;
  readonly OperatingRegions: readonly string[];
  readonly Tier: IpamTier;
  readonly EnablePrivateGua: boolean;
  readonly MeteredAccount: IpamMeteredAccount;
  /** @default create-complete */
  readonly State?: "modify-complete" | undefined;
}

/** All IPAMs. */
export const ipams = new Ec2Kind<Ipam>("ipam", "ipam", ["InvalidIpamId.NotFound", "ipam ID"]);
