/** A subnet of a cluster in one zone. */
export interface ZoneSubnet {
  /** Full name of the zone, for example `eu-central-1a`. */
  readonly zone: string;
  /** IPv4 CIDR in canonical form, for example `10.16.4.0/22`. */
  readonly cidr: string;
  /** `draining`: the plan no longer needs the subnet. Nothing may start to use it. @default in use */
  readonly state?: "draining";
}
