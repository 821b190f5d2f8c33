import { subnetworkPolicyOf } from "../../src/google/documents/subnetwork-policy";
import { insertFirewall, deleteFirewall, patchFirewall } from "../../src/google/operations/compute/firewalls";
import { deleteNetwork, findNetwork, insertNetwork } from "../../src/google/operations/compute/networks";
import { deleteRouter, insertRouter, patchRouter } from "../../src/google/operations/compute/routers";
import { getIamPolicy, setIamPolicy } from "../../src/google/operations/compute/subnetwork-policies";
import {
  deleteSubnetwork,
  expandIpCidrRange,
  patchSubnetwork,
} from "../../src/google/operations/compute/subnetworks";
import { createInternalRange } from "../../src/google/operations/networkconnectivity/internal-ranges";
import { type SecondaryRangeRequest } from "../../src/google/requests/compute";
import { Project } from "./project";

const NETWORK = "projects/acme/global/networks/net";

describe("compute", () => {
  let project: Project;
  beforeEach(() => (project = new Project()));

  it.each(["net", "global/networks/net", NETWORK, `https://www.googleapis.com/compute/v1/${NETWORK}`])(
    "finds a network by %s",
    (name) => expect(project.act((context) => findNetwork(context, name)?.id)).toBe(NETWORK),
  );

  it("makes the network default, with a subnetwork in every region, when it is first named", () => {
    const made = project.act((context) => findNetwork(context, "default"));
    expect(made).toMatchObject({ auto: true });
    expect(project.act((context) => findNetwork(context, "other"))).toBeUndefined();
    expect(() => project.subnetwork("a", "10.150.0.0/16", { network: "default" })).toThrow(
      "cannot overlap with 10.128.0.0/9",
    );
  });

  it("deletes a network once nothing uses it", () => {
    const remove = () => project.act((context) => deleteNetwork(context, NETWORK));
    const subnetwork = project.subnetwork("a", "10.0.0.0/24");
    const router = project.act((context) => insertRouter(context, { name: "r", network: "net" }));
    const firewall = project.act((context) => insertFirewall(context, { name: "f", network: "net" }));
    expect(remove).toThrow("subnetworks/a");
    project.act((context) => deleteSubnetwork(context, subnetwork.id));
    expect(remove).toThrow("firewalls/f");
    project.act((context) => deleteFirewall(context, firewall.id));
    expect(remove).toThrow("routers/r");
    project.act((context) => deleteRouter(context, router.id));
    remove();
    expect(remove).toThrow(`The resource '${NETWORK}' was not found`);
  });

  it("moves a firewall rule to another network", () => {
    project.act((context) => insertNetwork(context, { name: "other" }));
    const { id } = project.act((context) => insertFirewall(context, { name: "f", network: "net" }));
    const moved = project.act((context) => patchFirewall(context, id, { network: "other" }));
    expect(moved.network).toBe("projects/acme/global/networks/other");
  });

  it("has NAT gateways in a router", () => {
    const { id } = project.act((context) => insertRouter(context, { name: "r", network: "net" }));
    const patch = (router: string) =>
      project.act((context) => patchRouter(context, router, { nats: [{ name: "n" }] }));
    expect(patch(id).nats).toEqual([{ name: "n" }]);
    expect(() => patch(`${id}x`)).toThrow("routers/rx' was not found");
  });

  it("expands a primary range, and adds or removes secondary ranges", () => {
    const { id } = project.subnetwork("a", "10.0.0.0/24", {
      secondaryIpRanges: [{ rangeName: "pods", ipCidrRange: "10.8.0.0/16" }],
    });
    const expand = (ipCidrRange: string) =>
      project.act((context) => expandIpCidrRange(context, id, { ipCidrRange }));
    expect(() => expand("10.0.1.0/24")).toThrow("The range must contain the existing range 10.0.0.0/24.");
    expect(expand("10.0.0.0/23").cidr).toBe("10.0.0.0/23");
    const pods = { rangeName: "pods", ipCidrRange: "10.8.0.0/16" };
    const more = { rangeName: "more", ipCidrRange: "10.9.0.0/16" };
    const patch = (...secondaryIpRanges: readonly SecondaryRangeRequest[]) =>
      project.act((context) => patchSubnetwork(context, id, { secondaryIpRanges }));
    expect(() => patch(more)).toThrow(
      "Cannot add and remove secondary IP ranges in the same request. Added ranges: [10.9.0.0/16]. Removed ranges: [10.8.0.0/16].",
    );
    expect(() => patch({ ...pods, ipCidrRange: "10.8.0.0/15" })).toThrow("Cannot add and remove");
    patch(pods, more);
    expect(patch(more).secondary).toMatchObject([{ name: "more", cidr: "10.9.0.0/16" }]);
  });

  it("expands a primary range into no secondary range, no fence and nothing outside of its internal range", () => {
    const reserved = project.act((context) =>
      createInternalRange(context, "nodes", {
        network: "net",
        usage: "FOR_VPC",
        peering: "FOR_SELF",
        ipCidrRange: "10.0.0.0/23",
      }),
    );
    const { id } = project.subnetwork("a", "10.0.0.0/25", {
      reservedInternalRange: reserved.id,
      secondaryIpRanges: [
        { rangeName: "pods", ipCidrRange: "10.0.1.0/24", reservedInternalRange: reserved.id },
      ],
    });
    const free = project.subnetwork("b", "10.9.0.0/24");
    project.fence("10.9.1.0/24");
    const expand = (name: string, ipCidrRange: string) =>
      project.act((context) => expandIpCidrRange(context, name, { ipCidrRange }));
    expect(() => expand(id, "10.0.0.0/23")).toThrow("conflicts with existing subnetwork 'a'");
    expect(() => expand(id, "10.0.0.0/22")).toThrow(/conflicts with|is not within the internal range/);
    expect(() => expand(free.id, "10.9.0.0/23")).toThrow("conflicts with existing internal range");
    expect(expand(id, "10.0.0.0/24").cidr).toBe("10.0.0.0/24");
  });

  it("refuses more secondary ranges than the quota, two of a name, and one without a name", () => {
    const few = new Project({ secondaryRangesPerSubnetwork: 1 });
    const range = (rangeName: string, ipCidrRange: string) => ({ rangeName, ipCidrRange });
    const make = (at: Project, ...secondaryIpRanges: readonly ReturnType<typeof range>[]) =>
      at.subnetwork("a", "10.0.0.0/24", { secondaryIpRanges });
    expect(() => make(few, range("x", "10.1.0.0/24"), range("y", "10.2.0.0/24"))).toThrow("subnetwork: 1.");
    expect(() => make(project, range("x", "10.1.0.0/24"), range("x", "10.2.0.0/24"))).toThrow(
      "must be unique",
    );
    expect(() => make(project, range("", "10.1.0.0/24"))).toThrow(
      "Required field 'resource.secondaryIpRanges[0].rangeName' not specified",
    );
  });

  it("keeps the IAM policy of a subnetwork as long as the subnetwork", () => {
    const { id } = project.subnetwork("a", "10.0.0.0/24");
    const bindings = [{ role: "roles/compute.networkUser", members: ["user:a@example.com"] }];
    project.act((context) => setIamPolicy(context, id, { bindings }));
    expect(project.act((context) => getIamPolicy(context, id))).toEqual({ bindings });
    project.act((context) => deleteSubnetwork(context, id));
    expect(() => project.act((context) => getIamPolicy(context, id))).toThrow("was not found");
    expect(project.act(({ transaction }) => subnetworkPolicyOf(transaction, id))).toBeUndefined();
  });
});
