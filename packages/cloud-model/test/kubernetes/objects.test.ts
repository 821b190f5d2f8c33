import { createCluster, deleteCluster } from "../../src/google/operations/container/clusters";
import {
  createObject,
  deleteObject,
  hasObject,
  isReachable,
  replaceObject,
} from "../../src/kubernetes/operations/objects";
import { patchEnvironment, patchObject } from "../../src/kubernetes/operations/patches";
import { type RequestContext } from "../../src/request-context";
import { Project } from "../google/project";

const map = { kind: "ConfigMap", namespace: "kube-system", name: "m" };

describe("the API server of a GKE cluster", () => {
  let project: Project;
  let endpoints: readonly string[];

  const makeCluster = () => {
    const cluster = project.act((context) =>
      createCluster(context, "europe-west4", {
        name: "c",
        network: "net",
        subnetwork: "nodes",
        ipAllocationPolicy: { clusterIpv4CidrBlock: "/20" },
        privateClusterConfig: { masterIpv4CidrBlock: "10.9.0.0/28" },
      }),
    );
    endpoints = [cluster.endpoint, cluster.privateEndpoint!, cluster.dnsEndpoint];
    return cluster.id;
  };
  const at = <T>(address: string, change: (context: RequestContext) => T): T =>
    project.act((context) => change({ ...context, caller: { owner: address, region: "" } }));
  const call = <T>(change: (context: RequestContext) => T): T => at(`https://${endpoints[0]}`, change);

  beforeEach(() => {
    project = new Project();
    project.subnetwork("nodes", "192.168.0.0/24");
  });

  it("has the same objects at each of its addresses", () => {
    makeCluster();
    call((context) => createObject(context, map));
    for (const address of endpoints) expect(at(address, (context) => hasObject(context, map))).toBe(true);
    expect(() => call((context) => createObject(context, map))).toThrow('configmaps "m" already exists');
  });

  it("loses its objects with the cluster, also where one of the same name follows", () => {
    const id = makeCluster();
    call((context) => createObject(context, map));
    project.act((context) => deleteCluster(context, id));
    expect(call(isReachable)).toBe(false);
    expect(() => call((context) => replaceObject(context, map))).toThrow("no such host");
    makeCluster();
    expect(call((context) => hasObject(context, map))).toBe(false);
    expect(() => call((context) => replaceObject(context, map))).toThrow('configmaps "m" not found');
  });

  it("deletes a namespace with what is in it", () => {
    makeCluster();
    const namespace = { kind: "Namespace", name: "team" };
    const account = { kind: "ServiceAccount", namespace: "team", name: "a" };
    call((context) => createObject(context, namespace));
    call((context) => createObject(context, account));
    call((context) => deleteObject(context, namespace));
    expect(call((context) => hasObject(context, account))).toBe(false);
    expect(() => call((context) => createObject(context, account))).toThrow('namespaces "team" not found');
  });

  it("generates names", () => {
    makeCluster();
    const make = () =>
      call((context) => createObject(context, { kind: "Namespace", generateName: "team-" })).name;
    const [first, second] = [make(), make()];
    expect(first).toMatch(/^team-[0-9a-f]{5}$/);
    expect(second).not.toBe(first);
  });

  it("patches what it comes with and what clients created", () => {
    makeCluster();
    const dns = { kind: "Deployment", namespace: "kube-system", name: "kube-dns" };
    call((context) => patchObject(context, dns));
    expect(() => call((context) => createObject(context, dns))).toThrow(
      'deployments.apps "kube-dns" already exists',
    );
    expect(() => call((context) => patchObject(context, map))).toThrow('configmaps "m" not found');
    call((context) => createObject(context, map));
    call((context) => patchObject(context, map));
    const setEnv = (container: string) =>
      call((context) => patchEnvironment(context, dns, { container, variables: ["A"], force: false }));
    setEnv("kubedns");
    expect(() => setEnv("none")).toThrow("spec.template.spec.containers[3].image: Required value");
  });
});
