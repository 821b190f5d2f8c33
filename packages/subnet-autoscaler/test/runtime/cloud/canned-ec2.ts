import { EC2Client } from "@aws-sdk/client-ec2";

/** A response of the EC2 query protocol. */
export interface CannedResponse {
  /** @default 200 */
  readonly status?: number;
  readonly body: string;
}

/**
 * An EC2 client with canned responses. Everything but the network is the SDK's own.
 *
 * @param respond the response to the form of a request
 */
export function cannedEc2(respond: (form: URLSearchParams) => CannedResponse): EC2Client {
  return new EC2Client({
    region: "eu-central-1",
    credentials: { accessKeyId: "a", secretAccessKey: "b" },
    maxAttempts: 1,
    requestHandler: {
      handle: async ({ body }: { body: string }) => {
        const { status = 200, body: xml } = respond(new URLSearchParams(body));
        return {
          response: {
            statusCode: status,
            headers: { "content-type": "text/xml" },
            body: Buffer.from(xml),
          },
        };
      },
    },
  });
}

/** An EC2 error response. */
export function errorResponse(code: string, message: string): CannedResponse {
  return {
    status: 403,
    body: `<Response><Errors><Error><Code>${code}</Code><Message>${message}</Message></Error></Errors></Response>`,
  };
}
