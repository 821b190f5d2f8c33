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
  /** Whether the last change was a modification, as its state says. */
  readonly IsModified?: boolean | undefined;
  readonly OperatingRegions: readonly string[];
  readonly Tier: IpamTier;
  readonly EnablePrivateGua: boolean;
  readonly MeteredAccount: IpamMeteredAccount;
}

/** The state of an IPAM, a scope or a pool. */
export const stateOf = ({ IsModified }: { readonly IsModified?: boolean | undefined }) =>
  IsModified ? "modify-complete" : "create-complete";

/** All IPAMs. */
export const ipams = new Ec2Kind<Ipam>("ipam", "ipam", ["InvalidIpamId.NotFound", "ipam ID"]);
