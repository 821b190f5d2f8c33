import { Testing } from "cdktf";
import { GkeSystemStack } from "../../src";
import { app, clusterStack, resource, search } from "../fixture";

const system = (endpoint: "private" | "dns") =>
  new GkeSystemStack(app(), "prod-search-system", { contract: clusterStack({ endpoint }).contract });

describe("GkeSystemStack", () => {
  test("ip-masq-agent keeps the pods' addresses in every private range of the plan", () => {
    const config = resource(system("private"), "kubernetes_config_map_v1");

    expect(config["metadata"]).toEqual({ name: "ip-masq-agent", namespace: "kube-system" });
    expect(JSON.parse(config["data"].config)).toEqual({
      nonMasqueradeCIDRs: search.privateRanges,
      masqLinkLocal: false,
      resyncInterval: "60s",
    });
    expect(config["data"].config).not.toContain("\n");
  });

  test("finds the cluster by name, and reads nothing from another stack", () => {
    const { data } = JSON.parse(Testing.synth(system("private")));

    expect(Object.values(data.google_container_cluster)).toEqual([
      expect.objectContaining({ name: "prod-search", location: "europe-west3", project: "acme-prod" }),
    ]);
    expect(data).not.toHaveProperty("terraform_remote_state");
  });

  test("uses the cluster's CA for the IP endpoint and public CAs for the DNS endpoint", () => {
    const provider = (endpoint: "private" | "dns") =>
      JSON.parse(Testing.synth(system(endpoint))).provider.kubernetes[0];

    expect(provider("private")).toMatchObject({
      host: expect.stringMatching(/^https:\/\/\$\{data\.google_container_cluster\.\w+\.endpoint\}$/),
      cluster_ca_certificate: expect.stringContaining("master_auth[0].cluster_ca_certificate"),
    });
    expect(provider("dns").host).toContain(
      "control_plane_endpoints_config[0].dns_endpoint_config[0].endpoint",
    );
    expect(provider("dns")).not.toHaveProperty("cluster_ca_certificate");
  });
});
