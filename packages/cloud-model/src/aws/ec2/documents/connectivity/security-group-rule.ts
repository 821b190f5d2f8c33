import { type Transaction } from "../../../../store/transaction";
import { Ec2Kind } from "../ec2-kind";
import { type Located } from "../located";

/** A rule of a security group: one protocol, one range of ports, one peer. */
export interface SecurityGroupRule extends Located {
  readonly SecurityGroupRuleId: string;
  readonly GroupId: string;
  readonly IsEgress: boolean;
  readonly IpProtocol: string;
  /** Undefined for every port. */
  readonly FromPort?: number | undefined;
  readonly ToPort?: number | undefined;
  /** Exactly one of the peers is set. */
  readonly CidrIpv4?: string | undefined;
  readonly CidrIpv6?: string | undefined;
  readonly PrefixListId?: string | undefined;
  /** Id of a security group. */
  readonly ReferencedGroupId?: string | undefined;
  readonly Description?: string | undefined;
}

/** All rules of security groups. */
export const securityGroupRules = new Ec2Kind<SecurityGroupRule>("security-group-rule", "sgr", [
  "InvalidSecurityGroupRuleId.NotFound",
  "security group rule ID",
]);

/** The rules of a security group. */
export const rulesOf = (transaction: Transaction, groupId: string): readonly SecurityGroupRule[] =>
  transaction.filter(securityGroupRules, ({ GroupId }) => GroupId === groupId);

/** The peer of a rule: a CIDR, a prefix list or a security group. */
export const peerOf = (rule: Omit<SecurityGroupRule, "SecurityGroupRuleId" | keyof Located>): string =>
  rule.CidrIpv4 ?? rule.CidrIpv6 ?? rule.PrefixListId ?? rule.ReferencedGroupId ?? "";
