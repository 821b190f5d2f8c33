import { EksCluster } from "@cdktf/provider-aws/lib/eks-cluster";
import { Vpc } from "@cdktf/provider-aws/lib/vpc";
import { DataGoogleClientConfig } from "@cdktf/provider-google/lib/data-google-client-config";
import { KubernetesProvider } from "@cdktf/provider-kubernetes/lib/provider";
import {
  readStackRecord,
  renderStackRecord,
  retiredStacks,
  withEmptied,
  writeStackRecord,
} from "@cluster-ipam/address-plan/stacks";
import { TerraformLocal, TerraformVariable } from "cdktf";
import * as fs from "node:fs";
import * as path from "node:path";
import { awsAccountId, backendAddress, BlueprintApp, BlueprintStack, readAppEnvironment } from "../../src";
import { awsProvider } from "../../src/aws";
import { googleProvider } from "../../src/google";
import { inTemporaryFolder } from "../terraform";

type Compose = (app: BlueprintApp, env: { readonly awsAccountId: string }) => void;
const settings = { awsAccountId: awsAccountId.default("222222222222"), backend: backendAddress };
const cwd = process.cwd();
const environment = { ...process.env };
afterEach(() => {
  process.chdir(cwd);
  process.env = { ...environment };
});

/** Runs `use` in the folder of an app. */
function inApp(use: () => void): void {
  inTemporaryFolder((folder) => {
    fs.writeFileSync(path.join(folder, "cdktf.json"), "{}");
    process.chdir(folder);
    try {
      use();
    } finally {
      process.chdir(cwd);
    }
  });
}

function synthesize(compose: Compose, env: NodeJS.ProcessEnv = {}): void {
  const { backend, ...accounts } = readAppEnvironment("dev", settings, env);
  const app = new BlueprintApp({ backend });
  compose(app, accounts);
  app.synth();
}

const record = () => fs.readFileSync("stacks.lock.json", "utf8");
const hclOf = (stack: string) => fs.readFileSync(`cdktf.out/stacks/${stack}/cdk.tf`, "utf8");
const dependencies = () => {
  const { stacks } = JSON.parse(fs.readFileSync("cdktf.out/manifest.json", "utf8")) as {
    stacks: Record<string, { dependencies: string[] }>;
  };
  return Object.fromEntries(Object.entries(stacks).map(([id, stack]) => [id, stack.dependencies]));
};

function network(app: BlueprintApp, accountId: string, id = "apps-network"): void {
  const stack = new BlueprintStack(app, id, { tags: { environment: "dev" } });
  stack.serve("apps", "network");
  awsProvider(stack, { region: "eu-west-1", accountId });
  new Vpc(stack, "vpc", { cidrBlock: "10.0.0.0/16" });
}

/** A stack of the cluster `apps`, deployed after others. */
function serving(
  app: BlueprintApp,
  id: string,
  kind: "cluster" | "autoscaler" | "system" | "workloads",
): BlueprintStack {
  const stack = new BlueprintStack(app, id);
  stack.serve("apps", kind);
  return stack;
}

const nothing: Compose = () => undefined;

test("the record is the same on every machine, and names the variables", () =>
  inApp(() => {
    const compose: Compose = (app, env) => network(app, env.awsAccountId);
    synthesize(compose);
    expect(record()).toBe(`{
  "version": 1,
  "backend": "$DEV_BACKEND",
  "variables": [
    { "name": "DEV_AWS_ACCOUNT_ID", "default": "222222222222" },
    { "name": "DEV_BACKEND", "default": "local:../../../state" }
  ],
  "stacks": [
    { "id": "apps-network", "cluster": "apps", "kind": "network", "after": [], "terraform": { "required_providers": { "aws": { "version": ">= 6.25.0, < 7.0.0", "source": "aws" } }, "provider": { "aws": [{ "allowed_account_ids": ["$DEV_AWS_ACCOUNT_ID"], "region": "eu-west-1", "default_tags": [{ "tags": { "environment": "dev" } }] }] } } }
  ]
}
`);
    const before = record();
    synthesize(compose, { DEV_AWS_ACCOUNT_ID: "999999999999", DEV_BACKEND: "gcs://states" });
    expect(record()).toBe(before);
  }));

test("two variables with one value do not take turns", () =>
  inApp(() => {
    const compose: Compose = (app, env) => network(app, env.awsAccountId);
    synthesize(compose);
    const before = record().replaceAll("DEV_AWS_ACCOUNT_ID", "ACCOUNT_OF_DEV");
    fs.writeFileSync("stacks.lock.json", before);
    process.env["ACCOUNT_OF_DEV"] = "999999999999";
    synthesize(compose, { DEV_AWS_ACCOUNT_ID: "999999999999" });
    expect(record()).toBe(before);
  }));

test("a stack that is no longer composed is empty, with its backend and its providers", () =>
  inApp(() => {
    synthesize((app, env) => network(app, env.awsAccountId));
    const before = record();
    synthesize(nothing, { DEV_AWS_ACCOUNT_ID: "012345678901", DEV_BACKEND: "s3://states?region=eu-west-1" });
    expect(hclOf("apps-network")).toBe(`terraform {
  required_version = ">= 1.10"

  required_providers {
    aws = {
      version = ">= 6.25.0, < 7.0.0"
      source  = "aws"
    }
  }

  backend "s3" {
    bucket       = "states"
    key          = "apps-network.tfstate"
    region       = "eu-west-1"
    encrypt      = true
    use_lockfile = true
  }
}

provider "aws" {
  allowed_account_ids = ["012345678901"]
  region              = "eu-west-1"

  default_tags {
    tags = {
      environment = "dev"
    }
  }
}
`);
    expect(record()).toBe(before);
    process.env["BLUEPRINT_OUTPUT"] = "json";
    synthesize(nothing);
    const json = JSON.parse(fs.readFileSync("cdktf.out/stacks/apps-network/cdk.tf.json", "utf8"));
    expect(json).toMatchObject({
      terraform: { backend: { local: { path: "../../../state/apps-network.tfstate" } } },
      provider: {
        aws: [{ allowed_account_ids: ["222222222222"], default_tags: [{ tags: { environment: "dev" } }] }],
      },
    });
    expect(json.resource).toBeUndefined();
  }));

test("a stack that is proven empty needs no provider, until it is composed again", () =>
  inApp(() => {
    const compose: Compose = (app, env) => network(app, env.awsAccountId);
    synthesize(compose);
    const before = record();
    writeStackRecord(".", withEmptied(readStackRecord(".")!, new Map([["apps-network", "3f0c2a1b:12"]])));
    synthesize(nothing);
    expect(hclOf("apps-network")).not.toContain('provider "');
    expect(record()).toContain('"emptied": "3f0c2a1b:12"');
    synthesize(compose);
    expect(record()).toBe(before);
  }));

test("what a provider refers to is recorded, and a cluster of the same stack is looked up", () =>
  inApp(() => {
    synthesize((app, env) => {
      const stack = serving(app, "apps", "cluster");
      awsProvider(stack, { region: "eu-west-1", accountId: env.awsAccountId });
      googleProvider(stack, { project: "example-dev", region: "europe-west4" });
      const cluster = new EksCluster(stack, "cluster", {
        name: "apps",
        roleArn: "arn",
        vpcConfig: { subnetIds: [] },
      });
      const client = new DataGoogleClientConfig(stack, "client");
      const token = new TerraformVariable(stack, "token", { type: "string", sensitive: true });
      const suffix = new TerraformLocal(stack, "suffix", `${token.stringValue}-x`);
      new KubernetesProvider(stack, "kubernetes", {
        host: cluster.endpoint,
        token: `${client.accessToken}${suffix.asString}`,
        exec: [{ apiVersion: "v1", command: "aws", env: { region: "eu-west-1" } }],
      });
    });
    synthesize(nothing);
    const hcl = hclOf("apps");
    expect(hcl.slice(hcl.indexOf("variable"), hcl.indexOf('provider "'))).toBe(
      'variable "token" {\n  type      = string\n  sensitive = true\n}\n\n',
    );
    expect(hcl.slice(hcl.indexOf('provider "kubernetes"'))).toBe(`provider "kubernetes" {
  host  = data.aws_eks_cluster.cluster.endpoint
  token = "\${data.google_client_config.client.access_token}\${local.suffix}"

  exec {
    api_version = "v1"
    command     = "aws"
    env = {
      region = "eu-west-1"
    }
  }
}

locals {
  suffix = "\${var.token}-x"
}

data "aws_eks_cluster" "cluster" {
  name = "apps"
}

data "google_client_config" "client" {}
`);
  }));

test("a provider that is configured from a resource that cannot be looked up is rejected", () =>
  inApp(() => {
    const compose: Compose = (app, env) => {
      const stack = new BlueprintStack(app, "apps");
      awsProvider(stack, { region: "eu-west-1", accountId: env.awsAccountId });
      new KubernetesProvider(stack, "kubernetes", { host: new Vpc(stack, "vpc", {}).arn });
    };
    expect(() => synthesize(compose)).toThrow(
      "apps: provider.kubernetes.0 is configured from aws_vpc.vpc, which is gone when the stack is emptied to destroy it; look it up by a data source",
    );
  }));

describe("the order of destruction", () => {
  const everything: Compose = (app, env) => {
    network(app, env.awsAccountId);
    serving(app, "apps", "cluster").deployAfter("apps-network");
    const autoscaler = serving(app, "apps-autoscaler", "autoscaler");
    autoscaler.deployAfter("apps-network");
    autoscaler.deployAfter("apps");
    serving(app, "apps-system", "system").deployAfter("apps");
    new BlueprintStack(app, "dashboards").deployAfter("apps");
  };

  test("workloads, cluster, autoscaler, network; and what was deployed after a stack before it", () =>
    inApp(() => {
      synthesize(everything);
      synthesize(nothing);
      expect(dependencies()).toEqual({
        dashboards: [],
        "apps-system": [],
        apps: ["apps-system", "dashboards"],
        "apps-autoscaler": ["apps", "apps-system"],
        "apps-network": ["apps", "apps-autoscaler", "apps-system"],
      });
    }));

  test("is what the app's retired stacks are listed in", () =>
    inApp(() => {
      const retired = () => {
        const app = { app: "dev", folder: process.cwd(), record: readStackRecord(".")! };
        return retiredStacks(app, {}).map(({ id }) => id);
      };
      expect([synthesize(everything), retired()]).toEqual([undefined, []]);
      synthesize((app) => void new BlueprintStack(app, "dashboards"));
      expect(retired()).toEqual(["apps-system", "apps", "apps-autoscaler", "apps-network"]);
      process.env["BLUEPRINT_OUTPUT"] = "json";
      synthesize(everything);
      expect(retired()).toEqual([]);
      synthesize(nothing);
      expect(retired().slice(-2)).toEqual(["apps-autoscaler", "apps-network"]);
    }));

  test("a network waits for the composed cluster that leaves it", () =>
    inApp(() => {
      synthesize(everything);
      synthesize((app) => void serving(app, "apps", "cluster"));
      expect(dependencies()).toMatchObject({
        apps: [],
        "apps-network": ["apps", "apps-autoscaler", "apps-system"],
      });
    }));

  test("composing the stacks again is what was before", () =>
    inApp(() => {
      synthesize(everything);
      const before = [record(), dependencies(), hclOf("apps-network")];
      synthesize(nothing);
      synthesize(everything);
      expect([record(), dependencies(), hclOf("apps-network")]).toEqual(before);
    }));
});

test("a renamed stack is rejected, because its id names the state", () =>
  inApp(() => {
    synthesize((app, env) => network(app, env.awsAccountId));
    const renamed: Compose = (app, env) => network(app, env.awsAccountId, "apps-vpc");
    expect(() => synthesize(renamed)).toThrow(
      "apps-vpc: the network stack of the cluster apps is recorded as apps-network in stacks.lock.json, and a stack's id names its state; keep the id apps-network",
    );
    expect(fs.existsSync("cdktf.out/stacks/apps-vpc")).toBe(false);
    synthesize((app) => void serving(app, "apps-jobs", "workloads"));
    synthesize((app) => void serving(app, "apps-batch", "workloads"));
    expect(record()).toContain('"id": "apps-jobs"');
  }));

test("a variable that a stack needs and the app no longer reads must be set", () =>
  inApp(() => {
    synthesize((app, env) => network(app, env.awsAccountId));
    fs.writeFileSync(
      "stacks.lock.json",
      record().replaceAll("DEV_AWS_ACCOUNT_ID", "OLD_ACCOUNT").replace(', "default": "222222222222"', ""),
    );
    expect(() => synthesize(nothing)).toThrow(
      "stacks.lock.json: apps-network: needs the environment variable OLD_ACCOUNT, which is not set",
    );
    process.env["OLD_ACCOUNT"] = "333333333333";
    synthesize(nothing);
    expect(hclOf("apps-network")).toContain('allowed_account_ids = ["333333333333"]');
  }));

test("where nobody commits, a changed record is reported on one line", () => {
  const write = jest.spyOn(process.stderr, "write").mockReturnValue(true);
  inApp(() => {
    process.env["CI"] = "true";
    synthesize(nothing);
    synthesize(nothing);
    expect(write.mock.calls.map(([text]) => text)).toEqual([
      "stacks.lock.json: changed; synthesize the app and commit it, or a stack that leaves the composition is not destroyed\n",
    ]);
  });
  write.mockRestore();
});

test("a folder that is no app has no record", () =>
  inApp(() => {
    fs.rmSync("cdktf.json");
    synthesize((app, env) => network(app, env.awsAccountId));
    expect(fs.readdirSync(".")).toEqual(["cdktf.out"]);
  }));

describe("a state in the folder of a stack that is not in the app", () => {
  const write = (state: string) => {
    fs.mkdirSync("cdktf.out/stacks/gone", { recursive: true });
    fs.writeFileSync("cdktf.out/stacks/gone/gone.tfstate", state);
  };

  test.each(['{"resources":[{"mode":"managed"}]}', '{"resources'])("%s would be lost", (state) =>
    inApp(() => {
      write(state);
      expect(() => synthesize(nothing)).toThrow(
        "gone: the stack is neither composed nor recorded, but its state cdktf.out/stacks/gone/gone.tfstate has resources, and cdktf would delete it",
      );
    }),
  );

  test("is no loss if it is empty", () =>
    inApp(() => {
      write('{"resources":[{"mode":"data"}]}');
      synthesize(nothing);
    }));
});

test("a damaged record is rejected before anything is written", () =>
  inApp(() => {
    fs.writeFileSync("stacks.lock.json", "{");
    expect(() => synthesize((app, env) => network(app, env.awsAccountId))).toThrow(
      "stacks.lock.json: not JSON",
    );
    expect(fs.existsSync("cdktf.out/manifest.json")).toBe(false);
  }));

test("a record with a merge conflict is written anew", () =>
  inApp(() => {
    synthesize((app, env) => network(app, env.awsAccountId));
    const [before, empty] = [
      record(),
      renderStackRecord({ version: 1, backend: "local:.", variables: [], stacks: [] }),
    ];
    fs.writeFileSync("stacks.lock.json", `<<<<<<< HEAD\n${before}=======\n${empty}>>>>>>> branch\n`);
    synthesize(nothing);
    expect(record()).toBe(before);
  }));
