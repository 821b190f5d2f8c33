import { ServiceError } from "../../service-error";
import { type Reply, type Service } from "../calls/service-request";
import { unsupported } from "../calls/call-runner";
import { ec2Answer, ec2Refusal, stsAnswer, stsRefusal } from "../query/xml";
import { answerCloudWatch, exceptionOf } from "./cloudwatch";
import { answerEc2, type Ec2Operations } from "./ec2";
import { answerEks } from "./eks";
import { answerEvents } from "./event-bus";
import { answerSts } from "./sts";

const xml = (body: string, requestId: string, status = 200): Reply => ({
  status,
  headers: { "content-type": "text/xml;charset=UTF-8", "x-amzn-requestid": requestId },
  body,
});

const json = (body: object, requestId: string): Reply => ({
  status: 200,
  headers: { "content-type": "application/json", "x-amzn-requestid": requestId },
  body: JSON.stringify(body, timestamps),
});

/** The SDK's dates are numbers of seconds on the wire. */
function timestamps(this: Record<string, unknown>, name: string, value: unknown): unknown {
  const before = this[name];
  return before instanceof Date ? before.getTime() / 1000 : value;
}

const refuseAsJson = ({ code, message, status }: ServiceError, requestId: string): Reply => ({
  status,
  headers: {
    "content-type": "application/json",
    "x-amzn-requestid": requestId,
    "x-amzn-errortype": code,
  },
  body: JSON.stringify({ __type: code, message }),
});

/** The parameters of the query protocol, which a GET has in its URL and a POST in its body. */
const formOf = (url: URL, body: string): URLSearchParams =>
  new URLSearchParams([...url.searchParams, ...new URLSearchParams(body)]);

const ec2 = (operations: Ec2Operations): Service => ({
  answer(calls, { id, credentials, url, body }) {
    const form = formOf(url, body);
    return xml(ec2Answer(form.get("Action") ?? "", id, answerEc2(calls, operations, credentials, form)), id);
  },
  refuse: (error, id) => xml(ec2Refusal(error, id), id, error.status),
});

const sts: Service = {
  answer(calls, { id, credentials, url, body }) {
    const form = formOf(url, body);
    const action = form.get("Action") ?? "";
    const members = calls.run({ action, owner: credentials.account, region: credentials.region }, () =>
      answerSts(credentials, action, form),
    );
    return xml(stsAnswer(action, id, members), id);
  },
  refuse: (error, id) => xml(stsRefusal(error, id), id, error.status),
};

const events: Service = {
  answer(calls, { id, credentials, target = "", body }) {
    const action = target.replace(/^AWSEvents\./, "");
    const call = { action, owner: credentials.account, region: credentials.region };
    return json(
      calls.run(call, (context) => answerEvents(context, action, body)),
      id,
    );
  },
  refuse: refuseAsJson,
};

/** JSON, with the code of the query protocol that CloudWatch had before in a header. */
const cloudWatch: Service = {
  answer(calls, { id, credentials, target = "", body }) {
    const action = target.replace(/^GraniteServiceVersion20100801\./, "");
    const call = { action, owner: credentials.account, region: credentials.region };
    return json(
      calls.run(call, (context) => answerCloudWatch(context, action, body)),
      id,
    );
  },
  refuse({ code, message, status }, id) {
    const { headers, ...reply } = refuseAsJson(new ServiceError(exceptionOf(code), message, status), id);
    return { ...reply, headers: { ...headers, "x-amzn-query-error": `${code};Sender` } };
  },
};

const eks: Service = {
  answer: (calls, request) => json(answerEks(calls, request), request.id),
  refuse: refuseAsJson,
};

/** The services of an endpoint, by signing name. */
export const servicesWith = (operations: Ec2Operations): ReadonlyMap<string, Service> =>
  new Map([
    ["ec2", ec2(operations)],
    ["sts", sts],
    ["eks", eks],
    ["events", events],
    ["monitoring", cloudWatch],
  ]);

/** Rejects requests that are signed for another service, or not signed. */
export const noService: Service = {
  answer(_calls, { credentials }) {
    throw unsupported(
      `the service "${credentials.service}"; its endpoint has EC2, EKS, STS, EventBridge and CloudWatch`,
    );
  },
  refuse: refuseAsJson,
};
