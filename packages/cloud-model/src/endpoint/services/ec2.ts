import { ServiceError } from "../../service-error";
import { type RequestContext } from "../../request-context";
import { type CredentialScope } from "../calls/credential-scope";
import { type CallRunner, unsupported } from "../calls/call-runner";
import { idempotent } from "../calls/idempotency";
import { type ActionShapes, ec2Action } from "../query/action-shapes";
import { inputOf } from "../query/query-form";
import { watched } from "../query/unread-parameters";
import { outputXml } from "../query/xml";

/** EC2 actions, in the AWS SDK's shapes. */
export interface Ec2Operations {
  readonly [action: string]: (context: RequestContext, input: never) => object | void;
}

type Operation = (context: RequestContext, input: object) => object | void;

/**
 * Handles one request of the EC2 query protocol. @returns the members of the response, as XML
 * @throws ServiceError with EC2's codes; `UnsupportedOperation` for actions and parameters that are not modeled
 */
export function answerEc2(
  calls: CallRunner,
  operations: Ec2Operations,
  credentials: CredentialScope,
  form: URLSearchParams,
): string {
  const action = form.get("Action") ?? "";
  const shapes = ec2Action(action);
  if (!shapes)
    throw new ServiceError("InvalidAction", `The action ${action} is not valid for this web service.`);
  if (!Object.hasOwn(operations, action)) throw unsupported(action);
  const operation = operations[action] as Operation;
  const input = inputOf(form, shapes.input);
  return calls.run({ action, owner: credentials.account, region: credentials.region }, (context) =>
    idempotent(context, action, input, () => run(context, { action, operation, shapes }, input)),
  );
}

interface Action {
  readonly action: string;
  readonly operation: Operation;
  readonly shapes: ActionShapes;
}

interface CommonParameters {
  readonly DryRun?: boolean;
  readonly ClientToken?: string;
}

function run(context: RequestContext, { action, operation, shapes }: Action, request: object): string {
  const { DryRun: isDryRun = false, ClientToken, ...wanted } = request as CommonParameters;
  const { input, unread } = watched(wanted);
  const output = operation(context, input) ?? {};
  // Some actions respond with the token: the schema of the output says which.
  const answer = outputXml(shapes.output, { ...output, ClientToken });
  const [ignored] = unread();
  if (ignored !== undefined) throw unsupported(`the parameter ${ignored} of this ${action}`);
  if (isDryRun)
    throw new ServiceError("DryRunOperation", "Request would have succeeded, but DryRun flag is set.", 412);
  return answer;
}
