import { type Call, type ServiceError } from "@cluster-ipam/cloud-model";
import { type Endpoint, startEndpoint } from "@cluster-ipam/cloud-model/endpoint";
import { seedEksCluster } from "@cluster-ipam/sandbox";
import { CONFIG_VARIABLE } from "@cluster-ipam/subnet-autoscaler/runtime";
import { type Invoked, type LambdaBundleFolder, LambdaProcess } from "./lambda-process";
import { ACCOUNT, CLUSTER, REGION } from "./network";
import { type Scene } from "./scenarios";

export interface DeploymentProps {
  readonly scene: Scene;
  readonly bundle: LambdaBundleFolder;
  /** Whether the cluster is there. @default true */
  readonly cluster?: boolean;
  /** Variables in place of the function's own; undefined takes one away. @default none */
  readonly env?: Readonly<Record<string, string | undefined>>;
}

/** The deployed function and the cloud that it calls over HTTP. */
export class Deployment {
  /** What goes wrong before a call takes effect. */
  before: (call: Call) => ServiceError | undefined = () => undefined;
  /** What goes wrong after it. */
  after: (call: Call) => ServiceError | undefined = () => undefined;
  /** Every action that was called. */
  readonly called: string[] = [];
  private lambda!: LambdaProcess;

  private constructor(
    private readonly scene: Scene,
    private readonly endpoint: () => Endpoint,
  ) {}

  static async start({ scene, bundle, cluster = true, env }: DeploymentProps): Promise<Deployment> {
    const { store, vpcId, cniVersion, config } = scene.network;
    if (cluster) seedEksCluster(store, { owner: ACCOUNT, region: REGION, name: CLUSTER, vpcId, cniVersion });
    const deployment: Deployment = new Deployment(scene, () => endpoint);
    const faults = {
      before: (call: Call) => {
        deployment.called.push(call.action);
        return deployment.before(call);
      },
      after: (call: Call) => {
        if (isChange(call.action)) void scene.watch.afterChange(call.action);
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

  /** Environment of who calls the cloud in the function's account and Region. */
  get environment(): Readonly<Record<string, string>> {
    return { ...this.endpoint().env, AWS_REGION: REGION, AWS_ACCESS_KEY_ID: ACCOUNT };
  }

  /** The changes that were asked for. */
  get changes(): readonly string[] {
    return this.called.filter((action) => isChange(action) && action !== "PutEvents");
  }

  invoke(event?: object): Promise<Invoked> {
    return this.lambda.invoke(this.scene.network.time, event);
  }

  kill(): void {
    this.lambda.kill();
  }

  /** The cloud does not answer any more. */
  stopCloud(): Promise<void> {
    return this.endpoint().stop();
  }

  async stop(): Promise<void> {
    await this.lambda.stop();
    await this.stopCloud();
  }
}

const isChange = (action: string): boolean => !/^(Describe|Get)/.test(action);
