import { type IpPermission } from "@aws-sdk/client-ec2";
import { type RequestContext } from "../../../request-context";
import { ServiceError } from "../../../service-error";
import { type SecurityGroupRule } from "../documents/connectivity/security-group-rule";
import { invalidValue, required } from "../documents/refusals";
import { readCidr } from "./cidr";

/** Protocol, ports and peer of a rule. */
export type RuleBody = Pick<
  SecurityGroupRule,
  | "IpProtocol"
  | "FromPort"
  | "ToPort"
  | "CidrIpv4"
  | "CidrIpv6"
  | "PrefixListId"
  | "ReferencedGroupId"
  | "Description"
>;

/** Parameters that stand for one permission with one IPv4 CIDR. */
export interface OnePermission {
  readonly IpPermissions?: readonly IpPermission[] | undefined;
  readonly IpProtocol?: string | undefined;
  readonly FromPort?: number | undefined;
  readonly ToPort?: number | undefined;
  readonly CidrIp?: string | undefined;
}

/** EC2's names of protocols by number. */
const names: Readonly<Record<string, string>> = {
  "1": "icmp",
  "6": "tcp",
  "17": "udp",
  "58": "icmpv6",
  all: "-1",
};

/**
 * The rules of a request: one per permission and peer.
 *
 * @throws ServiceError for protocols, ports and CIDRs that EC2 refuses
 */
export function rulesIn(context: RequestContext, request: OnePermission): readonly RuleBody[] {
  const { IpPermissions: permissions, IpProtocol, FromPort, ToPort, CidrIp } = request;
  if (permissions === undefined)
    return [
      checkedBody({ IpProtocol: required(IpProtocol, "ipPermissions"), FromPort, ToPort, CidrIpv4: CidrIp }),
    ];
  if (IpProtocol !== undefined || CidrIp !== undefined)
    throw new ServiceError(
      "InvalidParameterCombination",
      "The parameter ipPermissions may not be used in combination with ipProtocol or cidrIp.",
    );
  return permissions.flatMap((permission) => bodiesOf(context, permission)).map(checkedBody);
}

function bodiesOf({ caller }: RequestContext, permission: IpPermission): readonly RuleBody[] {
  const { FromPort, ToPort } = permission;
  const IpProtocol = required(permission.IpProtocol, "ipProtocol");
  const peers = [
    ...(permission.IpRanges ?? []).map(({ CidrIp, Description }) => ({ CidrIpv4: CidrIp, Description })),
    ...(permission.Ipv6Ranges ?? []).map(({ CidrIpv6, Description }) => ({ CidrIpv6, Description })),
    ...(permission.PrefixListIds ?? []).map(({ PrefixListId, Description }) => ({
      PrefixListId,
      Description,
    })),
    ...(permission.UserIdGroupPairs ?? []).map(({ GroupId, UserId = caller.owner, Description }) => {
      if (UserId !== caller.owner)
        throw new ServiceError(
          "UnsupportedOperation",
          `The sandbox does not model rules for groups of other accounts: ${UserId}/${GroupId}.`,
        );
      return { ReferencedGroupId: GroupId, Description };
    }),
  ];
  return peers.map((peer) => ({ IpProtocol, FromPort, ToPort, ...peer }));
}

/** A rule as EC2 stores it: protocols by name, no ports for all protocols, CIDRs without host bits. */
export function checkedBody(body: RuleBody): RuleBody {
  const IpProtocol = names[body.IpProtocol.toLowerCase()] ?? body.IpProtocol.toLowerCase();
  const { FromPort, ToPort, CidrIpv4, CidrIpv6 } = body;
  if ([CidrIpv4, CidrIpv6, body.PrefixListId, body.ReferencedGroupId].every((peer) => peer === undefined))
    throw new ServiceError("MissingParameter", "The request must contain a CIDR, a prefix list or a group.");
  if (IpProtocol === "tcp" || IpProtocol === "udp") checkPorts(FromPort, ToPort);
  const isAll = IpProtocol === "-1";
  return {
    ...body,
    IpProtocol,
    FromPort: isAll ? undefined : FromPort,
    ToPort: isAll ? undefined : ToPort,
    CidrIpv4: CidrIpv4 === undefined ? undefined : readCidr(CidrIpv4, "cidrIp").toString(),
    CidrIpv6: CidrIpv6 === undefined ? undefined : readCidr(CidrIpv6, "cidrIpv6").toString(),
  };
}

function checkPorts(from: number | undefined, to: number | undefined): void {
  if (from === undefined || to === undefined)
    throw invalidValue("Invalid value 'Must specify both from and to ports with TCP/UDP.' for portRange.");
  if (from < 0 || to > 65535 || from > to) throw invalidValue(`Invalid TCP/UDP port range (${from}:${to})`);
}
