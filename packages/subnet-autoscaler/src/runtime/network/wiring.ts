import { type Ec2NetworkAcl, type Ec2RouteTable } from "./ec2";

/** What a subnet's packets pass: equal wiring, equal reachability. */
export interface Wiring {
  /** The route table in force: the associated one, else the VPC's main one. */
  readonly routeTableId: string | undefined;
  /** Absent while the main route table serves the subnet. */
  readonly routeTableAssociationId?: string;
  readonly networkAclId: string | undefined;
  readonly networkAclAssociationId?: string;
}

/** The wiring of every subnet of a VPC. */
export class VpcWiring {
  private readonly main: string | undefined;
  private readonly tables = new Map<string, { table: string; association: string }>();
  private readonly acls = new Map<string, { acl: string; association: string }>();

  constructor(routeTables: readonly Ec2RouteTable[], networkAcls: readonly Ec2NetworkAcl[]) {
    this.main = routeTables.find(({ main }) => main)?.id;
    for (const { id: table, associations } of routeTables)
      for (const { id, subnetId } of associations) this.tables.set(subnetId, { table, association: id });
    for (const { id: acl, associations } of networkAcls)
      for (const { id, subnetId } of associations) this.acls.set(subnetId, { acl, association: id });
  }

  of(subnetId: string): Wiring {
    const table = this.tables.get(subnetId);
    const acl = this.acls.get(subnetId);
    return {
      routeTableId: table?.table ?? this.main,
      routeTableAssociationId: table?.association,
      networkAclId: acl?.acl,
      networkAclAssociationId: acl?.association,
    };
  }

  /** Whether two subnets are wired alike, as far as EC2 shows the wiring of both. */
  alike(subnetId: string, referenceSubnetId: string): boolean {
    const [a, b] = [this.of(subnetId), this.of(referenceSubnetId)];
    return (
      a.routeTableId !== undefined &&
      a.networkAclId !== undefined &&
      a.routeTableId === b.routeTableId &&
      a.networkAclId === b.networkAclId
    );
  }
}
