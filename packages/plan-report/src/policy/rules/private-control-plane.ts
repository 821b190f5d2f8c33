import { type PlannedResource } from "../../terraform/planned-resource";
import { type Finding, type Rule } from "../policy";
import { blocks } from "../resource-cidr";

/**
 * In these environments nobody reaches a control plane from the internet.
 *
 * @param environments tells by its name whether an environment is one of them
 */
export function privateControlPlane(environments: (name: string) => boolean): Rule {
  return {
    name: "private-control-plane",
    description: "A cluster of a production environment has no control-plane endpoint on the internet.",
    check: ({ environment, resources }) =>
      environments(environment) ? resources.flatMap((resource) => findingsOf(resource)) : [],
  };
}

function findingsOf({ stack, address, type, after }: PlannedResource): Finding[] {
  if (after === undefined) return [];
  const messages =
    type === "aws_eks_cluster" ? eksDoors(after) : type === "google_container_cluster" ? gkeDoors(after) : [];
  return messages.map((message) => ({ stack, address, message }));
}

/** EKS opens a public endpoint unless it is told not to (`endpoint_public_access`, default true). */
function eksDoors({ vpc_config }: Readonly<Record<string, unknown>>): string[] {
  const isPrivate = blocks(vpc_config).some(({ endpoint_public_access }) => endpoint_public_access === false);
  return isPrivate ? [] : ["the Kubernetes API is on the internet; set endpoint_public_access to false"];
}

/** GKE's IP endpoint is public unless the cluster's is private or off; the DNS endpoint is unless it is closed. */
function gkeDoors(after: Readonly<Record<string, unknown>>): string[] {
  const endpoints = blocks(after["control_plane_endpoints_config"]);
  const ipOff = endpoints.some((config) =>
    blocks(config["ip_endpoints_config"]).some(({ enabled }) => enabled === false),
  );
  const privateOnly = blocks(after["private_cluster_config"]).some(
    ({ enable_private_endpoint }) => enable_private_endpoint === true,
  );
  const dnsOpen = endpoints.some((config) =>
    blocks(config["dns_endpoint_config"]).some(
      ({ allow_external_traffic }) => allow_external_traffic === true,
    ),
  );
  return [
    ...(ipOff || privateOnly
      ? []
      : ["the Kubernetes API has a public IP address; set enable_private_endpoint to true"]),
    ...(dnsOpen
      ? ["the DNS endpoint takes traffic from the internet; set allow_external_traffic to false"]
      : []),
  ];
}
