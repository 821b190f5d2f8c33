import { EC2Client } from "@aws-sdk/client-ec2";

/** What EC2 answers to one request of the query protocol. */
export interface Canned {
  /** @default 200 */
  readonly status?: number;
  readonly body: string;
}

/**
 * An unmodified EC2 client whose requests are answered here: everything but the network is the SDK's own.
 *
 * @param answer the answer to the form of a request
 */
export function cannedEc2(answer: (form: URLSearchParams) => Canned): EC2Client {
  return new EC2Client({
    region: "eu-central-1",
    credentials: { accessKeyId: "a", secretAccessKey: "b" },
    maxAttempts: 1,
    requestHandler: {
      handle: async ({ body }: { body: string }) => {
        const { status = 200, body: xml } = answer(new URLSearchParams(body));
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

/** The XML of an error of EC2. */
export function refusal(code: string, message: string): Canned {
  return {
    status: 403,
    body: `<Response><Errors><Error><Code>${code}</Code><Message>${message}</Message></Error></Errors></Response>`,
  };
}
