import { type Call, type ServiceError } from "@cluster-ipam/cloud-model";
import { type Endpoint, startEndpoint } from "@cluster-ipam/cloud-model/endpoint";
import { seedEksCluster } from "@cluster-ipam/cloud-model/aws/eks";
import { CONFIG_VARIABLE } from "@cluster-ipam/subnet-autoscaler/runtime";
import { type Invoked, type LambdaBundleFolder, LambdaProcess } from "./lambda-process";
import { ACCOUNT, CLUSTER, REGION } from "./network";
import { type Testbed } from "./scenarios";

/** Input of {@link Deployment.start}. */
export interface DeploymentProps {
  readonly testbed: Testbed;
  readonly bundle: LambdaBundleFolder;
  /** Whether the cluster exists. @default true */
  readonly cluster?: boolean;
  /** Overrides of the function's environment variables; undefined removes one. @default none */
  readonly env?: Readonly<Record<string, string | undefined>>;
}

/** The deployed function, and the cloud it calls over HTTP. */
export class Deployment {
  /** Fault before a call takes effect. */
  before: (call: Call) => ServiceError | undefined = () => undefined;
  /** Fault after a call takes effect. */
  after: (call: Call) => ServiceError | undefined = () => undefined;
  /** All actions called so far. */
  readonly called: string[] = [];
  private lambda!: LambdaProcess;

  private constructor(
    private readonly testbed: Testbed,
    private readonly endpoint: () => Endpoint,
  ) {}

  static async start({ testbed, bundle, cluster = true, env }: DeploymentProps): Promise<Deployment> {
    const { store, vpcId, cniVersion, config } = testbed.network;
    if (cluster) seedEksCluster(store, { owner: ACCOUNT, region: REGION, name: CLUSTER, vpcId, cniVersion });
    const deployment: Deployment = new Deployment(testbed, () => endpoint);
    const faults = {
      before: (call: Call) => {
        deployment.called.push(call.action);
        return deployment.before(call);
      },
      after: (call: Call) => {
        if (isChange(call.action)) void testbed.invariants.afterChange(call.action);
        return deployment.after(call);
      },
    };
    const endpoint = await startEndpoint({ store, faults });
    const variables = {
      ...deployment.environment,
      [CONFIG_VARIABLE]: JSON.stringify(config),
      ...env,
    };
    deployment.lambda = new LambdaProcess(bundle, variables);
    return deployment;
  }

  /** Environment variables of a client of the cloud in the function's account and Region. */
  get environment(): Readonly<Record<string, string>> {
    return { ...this.endpoint().env, AWS_REGION: REGION, AWS_ACCESS_KEY_ID: ACCOUNT };
  }

  /** The changes requested so far. */
  get changes(): readonly string[] {
    return this.called.filter((action) => isChange(action) && action !== "PutEvents");
  }

  invoke(event?: object): Promise<Invoked> {
    return this.lambda.invoke(this.testbed.network.time, event);
  }

  kill(): void {
    this.lambda.kill();
  }

  /** Stops the cloud, so that calls fail. */
  stopCloud(): Promise<void> {
    return this.endpoint().stop();
  }

  async stop(): Promise<void> {
    await this.lambda.stop();
    await this.stopCloud();
  }
}

const isChange = (action: string): boolean => !/^(Describe|Get)/.test(action);
