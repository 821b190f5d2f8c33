import { EC2Client, type EC2ClientConfig } from "@aws-sdk/client-ec2";
import { type Endpoint, type EndpointProps, startEndpoint } from "../../src/endpoint/endpoint";

/** An endpoint for one test file, and clients of it as anyone would make them. */
export class Clients {
  private constructor(readonly endpoint: Endpoint) {}

  static start = async (props?: EndpointProps): Promise<Clients> => new Clients(await startEndpoint(props));

  /** How any AWS client of the SDK is told where the sandbox is. */
  config = (account = "123456789012", region = "eu-west-1") => ({
    endpoint: this.endpoint.url,
    region,
    credentials: { accessKeyId: account, secretAccessKey: "sandbox" },
    maxAttempts: 1,
  });

  ec2 = (config: EC2ClientConfig = {}): EC2Client => new EC2Client({ ...this.config(), ...config });

  stop = (): Promise<void> => this.endpoint.stop();
}

/** The code that a service refuses with. */
export const codeOf = async (call: Promise<unknown>): Promise<string> => {
  const refused = await call.then(
    () => new Error("not refused"),
    (error: Error) => error,
  );
  return refused.name === "Error" ? refused.message : refused.name;
};
