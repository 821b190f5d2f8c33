import { type Faults } from "../faults";
import { ServiceError } from "../service-error";
import { type Store } from "../store/store";
import { ec2Operations } from "../aws/ec2/operations/ec2-operations";
import { defaultAccount } from "./calls/credential-scope";
import { CallRunner } from "./calls/call-runner";
import { type Ec2Operations } from "./services/ec2";

export interface DirectEc2Props {
  readonly store: Store;
  readonly region: string;
  /** The caller's account. @default 123456789012 */
  readonly account?: string;
  /** Injected faults, for tests. @default none */
  readonly faults?: Faults;
}

/** A command of the AWS SDK's EC2 client: `new DescribeSubnetsCommand({ … })`. */
export interface Ec2Command {
  readonly input: object;
}

/**
 * The modeled EC2 without sockets, signatures, XML or retries: takes the AWS SDK's commands, and responds and
 * fails in its shapes. For tests that make tens of thousands of calls; the endpoint's tests cover the protocol.
 */
export class DirectEc2 {
  private readonly calls: CallRunner;
  private readonly region: string;
  private readonly account: string;

  constructor({ store, region, account = defaultAccount, faults = {} }: DirectEc2Props) {
    this.calls = new CallRunner(store, faults);
    this.region = region;
    this.account = account;
  }

  /**
   * Runs a command, as `EC2Client.send` does.
   *
   * @returns the command's output; rejects as the SDK does, with the error code as the name
   */
  async send<Output extends object = Record<string, never>>(command: Ec2Command): Promise<Output> {
    const action = command.constructor.name.replace(/Command$/, "");
    const operation = (ec2Operations as Ec2Operations)[action];
    if (!operation) throw new Error(`the sandbox does not model ${action}`);
    try {
      const call = { action, owner: this.account, region: this.region };
      return (this.calls.run(call, (context) => operation(context, command.input as never)) ?? {}) as Output;
    } catch (error) {
      throw error instanceof ServiceError ? asOfSdk(error) : error;
    }
  }
}

/** An error in the SDK's form; without a status when there was no response. */
const asOfSdk = ({ code, message, status }: ServiceError): Error =>
  Object.assign(new Error(message), {
    name: code,
    $metadata: status === 0 ? {} : { httpStatusCode: status },
  });
