import { ServiceError } from "../service-error";
import { type RequestContext } from "../request-context";
import { type Caller } from "./caller";
import { type CallRunner, unsupported } from "./call-runner";
import { idempotent } from "./idempotency";
import { type ActionShapes, ec2Action } from "./ec2-shapes";
import { inputOf } from "./query-form";
import { watched } from "./unread-parameters";
import { outputXml } from "./xml";

/** EC2 actions, in the AWS SDK's shapes. */
export interface Ec2Operations {
  readonly [action: string]: (context: RequestContext, input: never) => object | void;
}

type Operation = (context: RequestContext, input: object) => object | void;

/**
 * Answers one request of the EC2 query protocol. @returns the members of the answer, as XML
 * @throws ServiceError with EC2's codes; `UnsupportedOperation` for actions and parameters that are not modelled
 */
export function answerEc2(
  calls: CallRunner,
  operations: Ec2Operations,
  caller: Caller,
  form: URLSearchParams,
): string {
  const action = form.get("Action") ?? "";
  const shapes = ec2Action(action);
  if (!shapes)
    throw new ServiceError("InvalidAction", `The action ${action} is not valid for this web service.`);
  if (!Object.hasOwn(operations, action)) throw unsupported(action);
  const operation = operations[action] as Operation;
  const input = inputOf(form, shapes.input);
  return calls.run({ action, owner: caller.account, region: caller.region }, (context) =>
    idempotent(context, action, input, () => run(context, { action, operation, shapes }, input)),
  );
}

interface Action {
  readonly action: string;
  readonly operation: Operation;
  readonly shapes: ActionShapes;
}

function run(context: RequestContext, { action, operation, shapes }: Action, request: object): string {
  const { DryRun: isDryRun = false, ...wanted } = request as { DryRun?: boolean; ClientToken?: string };
  delete wanted.ClientToken;
  const { input, unread } = watched(wanted);
  const answer = outputXml(shapes.output, operation(context, input) ?? {});
  const [ignored] = unread();
  if (ignored !== undefined) throw unsupported(`the parameter ${ignored} of this ${action}`);
  if (isDryRun)
    throw new ServiceError("DryRunOperation", "Request would have succeeded, but DryRun flag is set.", 412);
  return answer;
}
