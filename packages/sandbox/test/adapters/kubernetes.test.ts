import { type ObjectValue } from "@cluster-ipam/terraform-provider";
import { Store } from "@cluster-ipam/cloud-model";
import { awsCaller, networkIn, roleFor } from "./aws/network-fixture";
import { TerraformCaller } from "./terraform-caller";

const inKubeSystem = (name: string) => [{ name, namespace: "kube-system" }];
const envArgs = (more: ObjectValue = {}): ObjectValue => ({
  api_version: "apps/v1",
  kind: "DaemonSet",
  container: "aws-node",
  metadata: inKubeSystem("aws-node"),
  env: [{ name: "ENABLE_PREFIX_DELEGATION", value: "true" }],
  force: true,
  ...more,
});

describe("Kubernetes", () => {
  let store: Store;

  beforeEach(() => (store = new Store()));

  /** The API of a new EKS cluster. */
  async function eks(name: string, selfManagedAddons: boolean): Promise<TerraformCaller> {
    const aws = awsCaller(store);
    const cluster = await aws.create("aws_eks_cluster", {
      name,
      role_arn: await roleFor(aws, name, "eks.amazonaws.com"),
      bootstrap_self_managed_addons: selfManagedAddons,
      vpc_config: [{ subnet_ids: [...networkIn(store, ["10.0.0.0/24", "10.0.1.0/24"]).subnetIds] }],
    });
    return new TerraformCaller("kubernetes", { store, config: { host: cluster["endpoint"]! } });
  }

  it("sets the environment of the DaemonSet that EKS installed", async () => {
    const made = await (await eks("c", true)).create("kubernetes_env", envArgs());
    expect(made["id"]).toBe("apiVersion=apps/v1,kind=DaemonSet,name=aws-node,namespace=kube-system");
  });

  it.each<[string, boolean, ObjectValue, string]>([
    ["without the DaemonSet", false, envArgs(), 'The resource "aws-node" does not exist'],
    [
      "without the container",
      true,
      envArgs({ container: "node" }),
      'DaemonSet.apps "aws-node" is invalid: spec.template.spec.containers[3].image: Required value',
    ],
    [
      "where EKS owns the field",
      true,
      envArgs({ force: false }),
      'conflict with "eks": .spec.template.spec.containers[name="aws-node"].env[name="ENABLE_PREFIX_DELEGATION"].value',
    ],
  ])("refuses it %s", async (_, selfManagedAddons, args, error) => {
    const cluster = await eks("c", selfManagedAddons);
    await expect(cluster.create("kubernetes_env", args)).rejects.toThrow(error);
  });

  it("keeps clusters separate and names unique", async () => {
    const [a, b] = [await eks("a", false), await eks("b", false)];
    const map = { metadata: inKubeSystem("m"), data: { a: "1" } };
    const made = await a.create("kubernetes_config_map_v1", map);
    await expect(a.create("kubernetes_config_map_v1", map)).rejects.toThrow('configmaps "m" already exists');
    expect(await b.read("kubernetes_config_map_v1", made)).toBeNull();
    await b.create("kubernetes_config_map_v1", map);
  });

  it("needs the namespace of an object", async () => {
    const cluster = await eks("c", false);
    const account = { metadata: [{ name: "a", namespace: "team" }] };
    await expect(cluster.create("kubernetes_service_account_v1", account)).rejects.toThrow(
      'namespaces "team" not found',
    );
    await cluster.create("kubernetes_namespace_v1", { metadata: [{ name: "team" }] });
    await cluster.create("kubernetes_service_account_v1", account);
  });

  it("is unreachable without a cluster", async () => {
    const map = { metadata: inKubeSystem("m") };
    const reach = (config: ObjectValue) =>
      new TerraformCaller("kubernetes", { store, config }).create("kubernetes_config_map_v1", map);
    await expect(reach({})).rejects.toThrow("dial tcp [::1]:80: connect: connection refused");
    await expect(reach({ host: "https://gone.example" })).rejects.toThrow(
      "lookup gone.example: no such host",
    );
  });
});
