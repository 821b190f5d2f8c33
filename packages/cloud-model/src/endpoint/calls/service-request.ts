import { type ServiceError } from "../../service-error";
import { type CallRunner } from "./call-runner";
import { type CredentialScope } from "./credential-scope";

/** A request to a service, with the credential scope it was signed for. */
export interface ServiceRequest {
  readonly id: string;
  readonly credentials: CredentialScope;
  readonly method: string;
  readonly url: URL;
  /** The action of a JSON protocol: `AWSEvents.PutEvents`. */
  readonly target: string | undefined;
  readonly body: string;
}

/** An HTTP response. */
export interface Reply {
  readonly status: number;
  readonly headers: { readonly [name: string]: string };
  readonly body: string;
}

/** A service of the endpoint: how it responds, and how it formats an error. */
export interface Service {
  /** @throws ServiceError */
  answer(calls: CallRunner, request: ServiceRequest): Reply;
  refuse(error: ServiceError, requestId: string): Reply;
}
