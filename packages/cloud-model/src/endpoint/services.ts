import { type ServiceError } from "../service-error";
import { type Caller } from "./caller";
import { type CallRunner, unsupported } from "./call-runner";
import { answerEc2, type Ec2Operations } from "./ec2-service";
import { answerEks } from "./eks-service";
import { answerEvents } from "./event-bus";
import { answerSts } from "./sts";
import { ec2Answer, ec2Refusal, stsAnswer, stsRefusal } from "./xml";

/** A request to a service, its caller known. */
export interface ServiceRequest {
  readonly id: string;
  readonly caller: Caller;
  readonly method: string;
  readonly url: URL;
  /** The action of a JSON protocol: `AWSEvents.PutEvents`. */
  readonly target: string | undefined;
  readonly body: string;
}

/** What goes back to a caller. */
export interface Reply {
  readonly status: number;
  readonly headers: { readonly [name: string]: string };
  readonly body: string;
}

/** A service of the endpoint, and how it words what it gives and what it refuses. */
export interface Service {
  /** @throws ServiceError */
  answer(calls: CallRunner, request: ServiceRequest): Reply;
  refuse(error: ServiceError, requestId: string): Reply;
}

const xml = (body: string, requestId: string, status = 200): Reply => ({
  status,
  headers: { "content-type": "text/xml;charset=UTF-8", "x-amzn-requestid": requestId },
  body,
});

const json = (body: object, requestId: string): Reply => ({
  status: 200,
  headers: { "content-type": "application/json", "x-amzn-requestid": requestId },
  body: JSON.stringify(body),
});

const refuseAsJson = ({ code, message, status }: ServiceError, requestId: string): Reply => ({
  status,
  headers: {
    "content-type": "application/json",
    "x-amzn-requestid": requestId,
    "x-amzn-errortype": code,
  },
  body: JSON.stringify({ __type: code, message }),
});

const ec2 = (operations: Ec2Operations): Service => ({
  answer(calls, { id, caller, body }) {
    const form = new URLSearchParams(body);
    return xml(ec2Answer(form.get("Action") ?? "", id, answerEc2(calls, operations, caller, form)), id);
  },
  refuse: (error, id) => xml(ec2Refusal(error, id), id, error.status),
});

const sts: Service = {
  answer(calls, { id, caller, body }) {
    const action = new URLSearchParams(body).get("Action") ?? "";
    const members = calls.run({ action, owner: caller.account, region: caller.region }, () =>
      answerSts(caller, action),
    );
    return xml(stsAnswer(action, id, members), id);
  },
  refuse: (error, id) => xml(stsRefusal(error, id), id, error.status),
};

const events: Service = {
  answer(calls, { id, caller, target = "", body }) {
    const action = target.replace(/^AWSEvents\./, "");
    const call = { action, owner: caller.account, region: caller.region };
    return json(
      calls.run(call, (context) => answerEvents(context, action, JSON.parse(body) as object)),
      id,
    );
  },
  refuse: refuseAsJson,
};

const eks: Service = {
  answer: (calls, request) => json(answerEks(calls, request), request.id),
  refuse: refuseAsJson,
};

/** The services of an endpoint, by the name that requests to them are signed for. */
export const servicesWith = (operations: Ec2Operations): ReadonlyMap<string, Service> =>
  new Map([
    ["ec2", ec2(operations)],
    ["sts", sts],
    ["eks", eks],
    ["events", events],
  ]);

/** What answers for a service that the endpoint does not have, or a request that names none. */
export const noService: Service = {
  answer(_calls, { caller }) {
    throw unsupported(`the service "${caller.service}"; its endpoint has EC2, EKS, STS and EventBridge`);
  },
  refuse: refuseAsJson,
};
