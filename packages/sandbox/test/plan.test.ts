import { type Providers, serveProviders } from "../src/sandbox";
import { OpenCloud } from "./open-cloud";
import { newFolder, type ResourceChange, Workspace } from "./workspace";

const blocks = {
  terraform: {
    required_providers: {
      aws: { source: "hashicorp/aws" },
      google: { source: "hashicorp/google" },
      kubernetes: { source: "hashicorp/kubernetes" },
    },
  },
  provider: {
    aws: [
      { region: "eu-west-1", default_tags: [{ tags: { Environment: "prod" } }] },
      { alias: "us", region: "us-east-1" },
    ],
    google: [{ project: "acme-prod", region: "europe-west1", default_labels: { env: "prod" } }],
  },
  data: {
    aws_availability_zones: { here: { state: "available" }, there: { provider: "aws.us" } },
    aws_caller_identity: { me: {} },
    aws_iam_policy_document: {
      assume: {
        statement: [
          {
            actions: ["sts:AssumeRole"],
            principals: [{ type: "Service", identifiers: ["eks.amazonaws.com"] }],
            condition: [{ test: "StringEquals", variable: "aws:SourceAccount", values: ["123456789012"] }],
          },
        ],
      },
    },
    aws_ec2_instance_type: { node: { instance_type: "m7i.2xlarge" } },
    google_client_config: { me: {} },
  },
  resource: {
    aws_vpc_ipam: { main: { operating_regions: [{ region_name: "eu-west-1" }] } },
    aws_vpc_ipam_pool: {
      planning: {
        address_family: "ipv4",
        ipam_scope_id: "${aws_vpc_ipam.main.private_default_scope_id}",
        source_resource: [
          {
            resource_id: "${aws_vpc.tagged.id}",
            resource_owner: "${data.aws_caller_identity.me.account_id}",
            resource_region: "eu-west-1",
            resource_type: "vpc",
          },
        ],
      },
    },
    aws_vpc: {
      tagged: { cidr_block: "10.0.0.0/16", tags: { Name: "main" } },
      plain: { provider: "aws.us", cidr_block: "10.1.0.0/16" },
    },
    aws_subnet: {
      pool: { vpc_id: "vpc-1", ipv4_ipam_pool_id: "ipam-pool-1", ipv4_netmask_length: 24 },
    },
    aws_iam_role: {
      cluster: { assume_role_policy: "${data.aws_iam_policy_document.assume.json}" },
    },
    aws_s3_bucket: { outside_the_overlay: { bucket: "logs" } },
    google_compute_address: { nat: { name: "nat", labels: { team: "net" } } },
    google_container_cluster: {
      auto: {
        name: "auto",
        location: "europe-west1",
        initial_node_count: 1,
        ip_allocation_policy: [{ auto_ipam_config: [{ enabled: true }] }],
      },
    },
    google_container_node_pool: {
      extra: {
        cluster: "${google_container_cluster.auto.id}",
        node_count: 1,
        network_config: [{ subnetwork: "extra" }],
      },
    },
    google_service_account: { nodes: { account_id: "gke-nodes" } },
  },
  output: {
    zones: { value: "${data.aws_availability_zones.here.names}" },
    zone_ids_there: { value: "${data.aws_availability_zones.there.zone_ids}" },
    account: { value: "${data.aws_caller_identity.me.account_id}" },
    policy: { value: "${data.aws_iam_policy_document.assume.minified_json}" },
    addresses: { value: "${data.aws_ec2_instance_type.node.maximum_ipv4_addresses_per_interface}" },
    project: { value: "${data.google_client_config.me.project}" },
    role_arn: { value: "${aws_iam_role.cluster.arn}" },
    bucket_id: { value: "${aws_s3_bucket.outside_the_overlay.id}" },
  },
};

const hcl = `
terraform {
  required_providers {
    google = { source = "hashicorp/google" }
  }
}
provider "google" {
  project        = "acme-prod"
  region         = "europe-west1"
  default_labels = { env = "prod" }
}
resource "google_compute_address" "nat" {
  name   = "nat"
  labels = { team = "net" }
}
resource "google_container_cluster" "auto" {
  name               = "auto"
  location           = "europe-west1"
  initial_node_count = 1
  ip_allocation_policy {
    auto_ipam_config { enabled = true }
  }
}
`;

describe("a first plan", () => {
  let sandbox: Providers;
  let workspace: Workspace;
  let changes: ReadonlyMap<string, ResourceChange["change"]>;
  const change = (address: string) => changes.get(address)!;

  beforeAll(async () => {
    const folder = newFolder();
    sandbox = await serveProviders(new OpenCloud(), [folder]);
    workspace = new Workspace(sandbox, folder).write(JSON.stringify(blocks), "main.tf.json");
    changes = await workspace.plan();
  }, 60_000);

  afterAll(async () => {
    workspace.remove();
    await sandbox.stop();
  });

  it("leaves to the cloud what only the cloud knows", () => {
    expect(change("aws_vpc.tagged").after_unknown).toMatchObject({ id: true, arn: true, owner_id: true });
    expect(change("google_container_cluster.auto").after_unknown).toMatchObject({
      id: true,
      endpoint: true,
      node_pool: true,
    });
  });

  it("shows defaults and what is configured", () => {
    expect(change("aws_vpc.tagged").after).toMatchObject({
      enable_dns_support: true,
      instance_tenancy: "default",
    });
    expect(change("aws_vpc_ipam_pool.planning").after).toMatchObject({ auto_import: false, locale: "None" });
  });

  it("knows arguments that are newer than the bindings", () => {
    expect(change("aws_vpc_ipam_pool.planning").after).toMatchObject({
      source_resource: [{ resource_owner: "123456789012", resource_type: "vpc" }],
    });
    expect(change("aws_subnet.pool").after).toMatchObject({
      ipv4_ipam_pool_id: "ipam-pool-1",
      ipv4_netmask_length: 24,
    });
    expect(change("aws_subnet.pool").after_unknown).toMatchObject({ cidr_block: true });
    expect(change("google_container_node_pool.extra").after).toMatchObject({
      network_config: [{ subnetwork: "extra" }],
    });
  });

  it("places a resource by the configuration of its own provider", () => {
    expect(change("aws_vpc.tagged").after).toMatchObject({ region: "eu-west-1" });
    expect(change("aws_vpc.plain").after).toMatchObject({ region: "us-east-1" });
    expect(change("google_compute_address.nat").after).toMatchObject({ project: "acme-prod" });
  });

  it("merges default tags and labels", () => {
    expect(change("aws_vpc.tagged").after).toMatchObject({ tags_all: { Environment: "prod", Name: "main" } });
    expect(change("aws_vpc.plain").after_unknown).toMatchObject({ tags_all: true });
    expect(change("google_compute_address.nat").after).toMatchObject({
      labels: { team: "net" },
      effective_labels: { env: "prod", team: "net", "goog-terraform-provisioned": "true" },
    });
  });

  it("computes at plan time what the provider computes", () => {
    expect(change("google_service_account.nodes").after).toMatchObject({
      email: "gke-nodes@acme-prod.iam.gserviceaccount.com",
    });
  });

  it("is the same from HCL as from JSON", async () => {
    const written = new Workspace(sandbox).write(hcl);
    const planned = await written.plan().finally(() => written.remove());
    expect([...planned.keys()]).toEqual(["google_compute_address.nat", "google_container_cluster.auto"]);
    for (const [address, found] of planned) expect(found).toEqual(change(address));
  });

  it("refuses an IPAM that does not operate in its own Region", async () => {
    const wrong = new Workspace(sandbox).write(
      `provider "aws" { region = "eu-west-1" }
       resource "aws_vpc_ipam" "main" {
         operating_regions { region_name = "us-east-1" }
       }`,
    );
    await expect(wrong.plan().finally(() => wrong.remove())).rejects.toThrow(
      "`operating_regions` must include eu-west-1",
    );
  });

  it("refuses a type that no provider has", async () => {
    const wrong = new Workspace(sandbox).write(`resource "aws_vpc_pool" "main" {}`);
    await expect(wrong.plan().finally(() => wrong.remove())).rejects.toThrow(
      /does not support resource type\s+"aws_vpc_pool"/,
    );
  });

  describe("and its apply", () => {
    it("fills in identifiers, and data sources answer", async () => {
      await workspace.apply();
      expect(await workspace.outputs()).toMatchObject({
        zones: ["eu-west-1a", "eu-west-1b", "eu-west-1c"],
        zone_ids_there: ["use1-az1", "use1-az2", "use1-az3", "use1-az4", "use1-az5", "use1-az6"],
        account: "123456789012",
        addresses: 15,
        project: "acme-prod",
        role_arn: expect.stringMatching(/^arn:aws:iam::123456789012:role\/terraform-[0-9a-f]{26}$/),
        bucket_id: expect.stringMatching(/^sandbox-/),
      });
      const { policy } = await workspace.outputs();
      expect(JSON.parse(String(policy))).toEqual({
        Version: "2012-10-17",
        Statement: [
          {
            Effect: "Allow",
            Action: "sts:AssumeRole",
            Principal: { Service: "eks.amazonaws.com" },
            Condition: { StringEquals: { "aws:SourceAccount": "123456789012" } },
          },
        ],
      });
    });

    it("leaves nothing to do", async () => {
      const actions = [...(await workspace.plan()).values()].flatMap(({ actions: found }) => found);
      expect(new Set(actions)).toEqual(new Set(["no-op"]));
    });

    it("destroys everything", async () => {
      const { code } = await workspace.terraform("destroy", "-auto-approve");
      expect(code).toBe(0);
      expect((await workspace.terraform("state", "list")).stdout).toBe("");
    });
  });
});
