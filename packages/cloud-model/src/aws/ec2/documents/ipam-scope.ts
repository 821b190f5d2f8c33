import { type IpamScopeType } from "@aws-sdk/client-ec2";
import { type RequestContext } from "../../../request-context";
import { Ec2Kind } from "./ec2-kind";
import { type Located } from "./located";

/** A scope of an IPAM. Addresses may overlap between scopes. */
export interface IpamScope extends Located {
  readonly IpamScopeId: string;
  readonly IpamId: string;
  readonly IpamScopeType: IpamScopeType;
  readonly IsDefault: boolean;
  readonly Description?: string | undefined;
  /** Whether the last change was a modification, as its state says. */
  readonly IsModified?: boolean | undefined;
}

/** All scopes. */
export const ipamScopes = new Ec2Kind<IpamScope>("ipam-scope", "ipam-scope", [
  "InvalidIpamScopeId.NotFound",
  "ipam-scope ID",
]);

/** The scopes of an IPAM, the default ones first. */
export const scopesOf = ({ transaction }: RequestContext, ipamId: string): readonly IpamScope[] =>
  transaction.filter(ipamScopes, ({ IpamId }) => IpamId === ipamId);
