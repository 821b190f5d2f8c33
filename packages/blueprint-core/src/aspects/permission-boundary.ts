import { type IAspect, TerraformResource } from "cdktf";
import { type IConstruct } from "constructs";
import { ValidationError } from "../input/validation-error";

/** What a role or a user of the AWS bindings lets an aspect set. */
interface Bounded {
  permissionsBoundary: string;
}

/** Gives every IAM role and user in its scope a permissions boundary. One that has another keeps it. */
export class PermissionBoundary implements IAspect {
  /**
   * @param policyArn ARN of the policy
   * @throws ValidationError if it is not the ARN of a policy
   */
  constructor(private readonly policyArn: string) {
    if (/^arn:aws[a-z-]*:iam::(aws|\d{12}):policy\/\S+$/.test(policyArn)) return;
    throw new ValidationError(
      "PermissionBoundary",
      `${policyArn} is not the ARN of an IAM policy; use arn:aws:iam::<account>:policy/<name>`,
    );
  }

  visit(node: IConstruct): void {
    if (!TerraformResource.isTerraformResource(node)) return;
    if (!["aws_iam_role", "aws_iam_user"].includes(node.terraformResourceType)) return;
    const { permissionsBoundaryInput } = node as unknown as { readonly permissionsBoundaryInput?: string };
    if (permissionsBoundaryInput === undefined)
      (node as unknown as Bounded).permissionsBoundary = this.policyArn;
  }
}
