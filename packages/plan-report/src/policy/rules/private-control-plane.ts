import { type PlannedResource } from "../../terraform/planned-resource";
import { type Finding, type Rule } from "../policy";
import { blocks } from "../resource-cidr";

/**
 * Forbids control-plane endpoints that are reachable from the internet.
 *
 * @param appliesTo whether the rule applies to the environment with the given name
 */
export function privateControlPlane(appliesTo: (environment: string) => boolean): Rule {
  return {
    name: "private-control-plane",
    description: "Clusters in production environments have no control-plane endpoint on the internet.",
    check: ({ environment, resources }) =>
      appliesTo(environment) ? resources.flatMap((resource) => findingsOf(resource)) : [],
  };
}

function findingsOf({ stack, address, type, after }: PlannedResource): Finding[] {
  if (after === undefined) return [];
  const messages =
    type === "aws_eks_cluster"
      ? eksFindings(after)
      : type === "google_container_cluster"
        ? gkeFindings(after)
        : [];
  return messages.map((message) => ({ stack, address, message }));
}

/** EKS has a public endpoint by default (`endpoint_public_access` defaults to true). */
function eksFindings({ vpc_config }: Readonly<Record<string, unknown>>): string[] {
  const isPrivate = blocks(vpc_config).some(({ endpoint_public_access }) => endpoint_public_access === false);
  return isPrivate ? [] : ["the Kubernetes API endpoint is public; set endpoint_public_access to false"];
}

/** GKE's IP endpoint is public unless private or disabled; its DNS endpoint is public if it allows external traffic. */
function gkeFindings(after: Readonly<Record<string, unknown>>): string[] {
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
      ? ["the DNS endpoint allows traffic from the internet; set allow_external_traffic to false"]
      : []),
  ];
}
