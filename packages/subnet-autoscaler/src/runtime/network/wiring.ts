import { type Ec2NetworkAcl, type Ec2RouteTable } from "../cloud/ec2";

/** Route table and network ACL of a subnet. Subnets with the same wiring reach the same destinations. */
export interface Wiring {
  /** The effective route table: the associated one, or the VPC's main route table. */
  readonly routeTableId: string | undefined;
  /** Absent while the subnet uses the main route table. */
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

  /** Whether two subnets have the same wiring; false while EC2 does not return the wiring of either. */
  matches(subnetId: string, referenceSubnetId: string): boolean {
    const [a, b] = [this.of(subnetId), this.of(referenceSubnetId)];
    return (
      a.routeTableId !== undefined &&
      a.networkAclId !== undefined &&
      a.routeTableId === b.routeTableId &&
      a.networkAclId === b.networkAclId
    );
  }
}
