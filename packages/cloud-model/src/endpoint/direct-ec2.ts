import { type Faults } from "../faults";
import { ServiceError } from "../service-error";
import { type Store } from "../store/store";
import { defaultAccount } from "./caller";
import { CallRunner } from "./call-runner";
import { allEc2Operations } from "./ec2-operations";

export interface DirectEc2Props {
  readonly store: Store;
  readonly region: string;
  /** Account that calls. @default 123456789012 */
  readonly account?: string;
  /** What goes wrong, for tests. @default nothing */
  readonly faults?: Faults;
}

/** A command of the AWS SDK's EC2 client: `new DescribeSubnetsCommand({ … })`. */
export interface Ec2Command {
  readonly input: object;
}

/**
 * The modelled EC2 without sockets, signatures, XML and retries: takes the commands of the AWS SDK, and answers and
 * refuses in its shapes. For tests that make tens of thousands of calls; the endpoint proves the rest of the way.
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
   * @returns a promise of its output; it is rejected as the SDK's, with the code as the name
   */
  async send<Output extends object = Record<string, never>>(command: Ec2Command): Promise<Output> {
    const action = command.constructor.name.replace(/Command$/, "");
    const operation = allEc2Operations[action];
    if (!operation) throw new Error(`the sandbox does not model ${action}`);
    try {
      const call = { action, owner: this.account, region: this.region };
      return (this.calls.run(call, (context) => operation(context, command.input as never)) ?? {}) as Output;
    } catch (error) {
      throw error instanceof ServiceError ? asOfSdk(error) : error;
    }
  }
}

/** An error of the SDK; without a status when there was no answer. */
const asOfSdk = ({ code, message, status }: ServiceError): Error =>
  Object.assign(new Error(message), {
    name: code,
    $metadata: status === 0 ? {} : { httpStatusCode: status },
  });
