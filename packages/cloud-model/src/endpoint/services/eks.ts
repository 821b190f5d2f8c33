import { clusterNamed, clustersIn, type EksCluster } from "../../aws/eks/cluster-documents";
import {
  addons,
  type ClusterPart,
  type EksAddon,
  type EksNodegroup,
  nodegroups,
  partNamed,
  partsOf,
} from "../../aws/eks/cluster-parts";
import { ServiceError } from "../../service-error";
import { type Kind } from "../../store/kind";
import { type RequestContext } from "../../request-context";
import { type CallRunner, unsupported } from "../calls/call-runner";
import { type ServiceRequest } from "../calls/service-request";

interface Route {
  readonly action: string;
  readonly path: RegExp;
  /** Whether the response is a paginated list. */
  readonly isList?: boolean;
  answer(context: RequestContext, names: readonly string[], query: URLSearchParams): object;
}

const routes: readonly Route[] = [
  {
    action: "ListClusters",
    path: /^\/clusters$/,
    isList: true,
    answer: ({ transaction, caller }, _names, query) =>
      page("clusters", clustersIn(transaction, caller), query),
  },
  {
    action: "DescribeCluster",
    path: /^\/clusters\/([^/]+)$/,
    answer: (context, [cluster]) => ({ cluster: shownCluster(clusterOf(context, cluster)) }),
  },
  {
    action: "ListAddons",
    path: /^\/clusters\/([^/]+)\/addons$/,
    isList: true,
    answer: (context, [cluster], query) =>
      page("addons", partsOf(context.transaction, addons, clusterOf(context, cluster)), query),
  },
  {
    action: "DescribeAddon",
    path: /^\/clusters\/([^/]+)\/addons\/([^/]+)$/,
    answer: (context, [cluster, name]) => ({
      addon: shownAddon(
        part(
          context,
          addons,
          clusterOf(context, cluster),
          name,
          (cluster) => `No addon: ${name} found in cluster: ${cluster}`,
        ),
      ),
    }),
  },
  {
    action: "ListNodegroups",
    path: /^\/clusters\/([^/]+)\/node-groups$/,
    isList: true,
    answer: (context, [cluster], query) =>
      page("nodegroups", partsOf(context.transaction, nodegroups, clusterOf(context, cluster)), query),
  },
  {
    action: "DescribeNodegroup",
    path: /^\/clusters\/([^/]+)\/node-groups\/([^/]+)$/,
    answer: (context, [cluster, name]) => ({
      nodegroup: shownNodegroup(
        part(
          context,
          nodegroups,
          clusterOf(context, cluster),
          name,
          () => `No node group found for name: ${name}.`,
        ),
      ),
    }),
  },
];

/** Handles EKS's read calls. @throws ServiceError with EKS's codes; `UnsupportedOperation` for other calls */
export function answerEks(calls: CallRunner, { credentials, method, url }: ServiceRequest): object {
  const route = method === "GET" ? routes.find(({ path }) => path.test(url.pathname)) : undefined;
  if (!route) throw unsupported(`EKS's ${method} ${url.pathname}; its endpoint only reads`);
  const known = route.isList ? ["maxResults", "nextToken"] : [];
  const unknown = [...url.searchParams.keys()].find((name) => !known.includes(name));
  if (unknown !== undefined) throw unsupported(`the parameter ${unknown} of EKS's ${route.action}`);
  const names = route.path.exec(url.pathname)!.slice(1).map(decodeURIComponent);
  const call = { action: route.action, owner: credentials.account, region: credentials.region };
  return calls.run(call, (context) => route.answer(context, names, url.searchParams));
}

const clusterOf = ({ transaction, caller }: RequestContext, name = ""): EksCluster =>
  clusterNamed(transaction, caller, name);

function part<T extends ClusterPart>(
  { transaction }: RequestContext,
  kind: Kind<T>,
  cluster: EksCluster,
  name = "",
  missing: (cluster: string) => string,
): T {
  const found = partNamed(transaction, kind, cluster, name);
  if (!found) throw new ServiceError("ResourceNotFoundException", missing(cluster.name), 404);
  return found;
}

/** A page of names; the token is the last name of the page. */
function page(
  member: string,
  documents: readonly { readonly name: string }[],
  query: URLSearchParams,
): object {
  const after = query.get("nextToken") ?? "";
  const size = Number(query.get("maxResults") ?? 100);
  const names = documents.map(({ name }) => name).sort();
  const rest = names.filter((name) => name > after);
  const shown = rest.slice(0, size);
  return { [member]: shown, nextToken: rest.length > shown.length ? shown.at(-1) : null };
}

const shownCluster = (cluster: EksCluster): object => ({
  name: cluster.name,
  arn: cluster.arn,
  status: "ACTIVE",
  version: cluster.version,
  platformVersion: cluster.platformVersion,
  roleArn: cluster.roleArn,
  endpoint: cluster.endpoint,
  certificateAuthority: { data: cluster.certificateAuthority },
  identity: { oidc: { issuer: cluster.issuer } },
  createdAt: Date.parse(cluster.createdAt) / 1000,
  resourcesVpcConfig: {
    vpcId: cluster.vpcId,
    subnetIds: cluster.subnetIds,
    securityGroupIds: cluster.securityGroupIds,
    clusterSecurityGroupId: cluster.clusterSecurityGroupId,
    endpointPrivateAccess: cluster.endpointPrivateAccess,
    endpointPublicAccess: cluster.endpointPublicAccess,
    publicAccessCidrs: cluster.publicAccessCidrs,
  },
  kubernetesNetworkConfig: {
    ipFamily: cluster.ipFamily,
    ...(cluster.serviceIpv4Cidr && { serviceIpv4Cidr: cluster.serviceIpv4Cidr }),
  },
  accessConfig: { authenticationMode: cluster.authenticationMode },
  upgradePolicy: { supportType: cluster.supportType },
  deletionProtection: cluster.deletionProtection,
  tags: cluster.tags,
});

const shownAddon = (addon: EksAddon): object => ({
  addonName: addon.name,
  clusterName: addon.clusterName,
  addonArn: addon.arn,
  addonVersion: addon.version,
  status: "ACTIVE",
  health: { issues: [] },
  ...(addon.configurationValues && { configurationValues: addon.configurationValues }),
});

const shownNodegroup = (group: EksNodegroup): object => ({
  nodegroupName: group.name,
  clusterName: group.clusterName,
  nodegroupArn: group.arn,
  version: group.version,
  status: "ACTIVE",
  subnets: group.subnetIds,
  instanceTypes: group.instanceTypes,
  scalingConfig: { minSize: group.size.min, maxSize: group.size.max, desiredSize: group.size.desired },
  health: { issues: [] },
});
