import { type IAspect, TerraformResource, Token } from "cdktf";
import { type IConstruct } from "constructs";
import { ValidationError } from "../input/validation-error";

/**
 * The types whose names an organization may choose, with the names that AWS accepts. What refers to them does so by
 * reference, never by the name, unlike log groups, functions, queues and clusters, whose names policies and commands state.
 */
const NAMES: Readonly<Record<string, { readonly pattern: RegExp; readonly rule: string }>> = {
  aws_iam_role: { pattern: /^[\w+=,.@-]{1,64}$/, rule: "1 to 64 letters, digits and +=,.@_-" },
  aws_kms_alias: { pattern: /^alias\/(?!aws\/)[\w/-]{1,250}$/, rule: "alias/ and letters, digits and /_-" },
  aws_security_group: {
    pattern: /^(?!sg-)[\w .:/()#,@[\]+=&;{}!$*-]{1,255}$/,
    rule: "at most 255 letters, digits and ._-:/()#,@[]+=&;{}!$*, not starting with sg-",
  },
};

/** A resource that gets a name. */
export interface NamedType {
  /** Terraform type: `aws_iam_role`, `aws_kms_alias` or `aws_security_group`. */
  readonly type: string;
  /** Path of the construct, for example `prod-payments/cluster/role`. */
  readonly path: string;
}

/**
 * Names IAM roles, KMS aliases and security groups as an organization wants them. Naming a role or a security group that is
 * deployed anew replaces it; so a composition starts with it, or keeps the names that are deployed.
 */
export class Naming implements IAspect {
  /** @param nameOf the name of a resource, from the one that the blueprints gave it */
  constructor(private readonly nameOf: (name: string, resource: NamedType) => string) {}

  /** @throws ValidationError for a name that AWS rejects */
  visit(node: IConstruct): void {
    if (!TerraformResource.isTerraformResource(node)) return;
    const { terraformResourceType: type } = node;
    const allowed = NAMES[type];
    const named = node as unknown as { name: string; readonly nameInput?: string };
    if (allowed === undefined || named.nameInput === undefined || Token.isUnresolved(named.nameInput)) return;
    const name = this.nameOf(named.nameInput, { type, path: node.node.path });
    if (!allowed.pattern.test(name))
      throw new ValidationError(
        node,
        `Naming gives it the name ${JSON.stringify(name)}; use ${allowed.rule}`,
      );
    named.name = name;
  }
}
