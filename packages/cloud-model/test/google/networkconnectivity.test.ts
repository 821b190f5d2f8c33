import {
  createInternalRange,
  deleteInternalRange,
  patchInternalRange,
} from "../../src/google/operations/networkconnectivity/internal-ranges";
import { deleteSubnetwork } from "../../src/google/operations/compute/subnetworks";
import { type InternalRangeRequest } from "../../src/google/requests/networkconnectivity";
import { Project } from "./project";

const request: InternalRangeRequest = { network: "net", usage: "FOR_VPC", peering: "FOR_SELF" };

describe("networkconnectivity", () => {
  let project: Project;
  const create = (name: string, more: Partial<InternalRangeRequest>) =>
    project.act((context) => createInternalRange(context, name, { ...request, ...more }));
  beforeEach(() => (project = new Project()));

  it("changes the usage alone and leaves the block where it was chosen", () => {
    const made = create("a", { prefixLength: 20 });
    const usage = "EXTERNAL_TO_VPC";
    const patch = (mask: readonly string[]) =>
      project.act((context) =>
        patchInternalRange(context, made.id, { ...request, prefixLength: 20, usage }, mask),
      );
    expect(patch([])).toEqual(made);
    expect(patch(["usage"])).toEqual({ ...made, usage });
  });

  it("refuses another network, and a block that leaves out a subnetwork that uses it", () => {
    const { id } = create("a", { ipCidrRange: "10.4.0.0/16" });
    project.subnetwork("s", "10.4.0.0/24", { reservedInternalRange: id });
    const patch = (more: Partial<InternalRangeRequest>) =>
      project.act((context) => patchInternalRange(context, id, { ...request, ...more }, ["ipCidrRange"]));
    expect(() => patch({ network: "default" })).toThrow(
      "The network of an internal range cannot be changed.",
    );
    expect(() => patch({ ipCidrRange: "10.4.128.0/17" })).toThrow("is already being used by");
    expect(patch({ ipCidrRange: "10.4.0.0/15" }).cidr).toBe("10.4.0.0/15");
  });

  it("changes nothing but the description of an immutable range", () => {
    const made = create("a", { ipCidrRange: "10.4.0.0/16", immutable: true });
    const patch = (more: Partial<InternalRangeRequest>, member: string) =>
      project.act((context) => patchInternalRange(context, made.id, { ...request, ...more }, [member]));
    expect(() => patch({ ipCidrRange: "10.4.0.0/15" }, "ipCidrRange")).toThrow("is immutable");
    expect(() => patch({ usage: "EXTERNAL_TO_VPC" }, "usage")).toThrow("is immutable");
    expect(patch({}, "description")).toEqual(made);
  });

  it("widens a range until it meets another one, or a subnetwork that does not reference it", () => {
    const { id } = create("a", { ipCidrRange: "10.4.0.0/24" });
    create("b", { ipCidrRange: "10.4.2.0/24" });
    const widen = (ipCidrRange: string) =>
      project.act((context) => patchInternalRange(context, id, { ...request, ipCidrRange }, ["ipCidrRange"]));
    expect(() => widen("10.4.0.0/22")).toThrow("overlaps with the internal range");
    const other = project.subnetwork("s", "10.4.1.0/24");
    expect(() => widen("10.4.0.0/23")).toThrow("overlaps with the subnet");
    project.act((context) => deleteSubnetwork(context, other.id));
    expect(widen("10.4.0.0/23").cidr).toBe("10.4.0.0/23");
  });

  it("deletes a range that no subnetwork uses", () => {
    const { id } = create("a", { ipCidrRange: "10.4.0.0/16" });
    const remove = () => project.act((context) => deleteInternalRange(context, id));
    remove();
    expect(remove).toThrow(`Resource '${id}' was not found`);
  });

  it("has IPv6 blocks only outside of the VPC", () => {
    const block = { ipCidrRange: "fd20:0:0:1::/64" };
    expect(() => create("a", block)).toThrow("IPv6 internal ranges must have usage EXTERNAL_TO_VPC");
    expect(create("a", { ...block, usage: "EXTERNAL_TO_VPC" }).cidr).toBe(block.ipCidrRange);
  });
});
