// The request bodies of Compute Engine (compute v1), restricted to the members that are modeled.

/** Body of `networks.insert`. */
export interface NetworkRequest {
  readonly name: string;
  /** Whether Google makes a subnetwork in every region. @default false */
  readonly autoCreateSubnetworks?: boolean;
}

/** A range of a subnetwork: a CIDR, an internal range it is taken from, or both. */
export interface SubnetworkRangeRequest {
  /** @default the whole internal range */
  readonly ipCidrRange?: string;
  /** Resource name or URL of an internal range. @default none */
  readonly reservedInternalRange?: string;
}

/** A secondary range of a subnetwork. */
export interface SecondaryRangeRequest extends SubnetworkRangeRequest {
  readonly rangeName?: string;
}

/** Body of `subnetworks.insert`. */
export interface SubnetworkRequest extends SubnetworkRangeRequest {
  readonly name: string;
  /** Resource name, URL or short name of the network. */
  readonly network: string;
  /** @default none */
  readonly secondaryIpRanges?: readonly SecondaryRangeRequest[];
}

/** Body of `subnetworks.expandIpCidrRange`. */
export interface ExpandRequest {
  readonly ipCidrRange: string;
}

/** Body of `subnetworks.patch`. */
export interface SubnetworkPatch {
  /** All secondary ranges; one that is left out is removed. */
  readonly secondaryIpRanges: readonly SecondaryRangeRequest[];
}

/** Roles and who has them, as `setIamPolicy` takes them. */
export interface IamPolicy {
  readonly bindings: readonly IamBinding[];
}

/** Who has a role. */
export interface IamBinding {
  readonly role: string;
  readonly members: readonly string[];
  /** Title of the condition. @default none */
  readonly condition?: { readonly title: string };
}

/** A Cloud NAT gateway, which is a part of its router. */
export interface RouterNat {
  readonly name: string;
}

/** Body of `routers.insert`. */
export interface RouterRequest {
  readonly name: string;
  /** Resource name, URL or short name. @default none: the router of an NCC gateway */
  readonly network?: string;
}

/** Body of `routers.patch`. */
export interface RouterPatch {
  /** All NAT gateways; one that is left out is removed. */
  readonly nats: readonly RouterNat[];
}

/** Body of `addresses.insert` and `globalAddresses.insert`. */
export interface AddressRequest {
  readonly name: string;
  /** `EXTERNAL` or `INTERNAL`. @default EXTERNAL */
  readonly addressType?: string;
  /** The address itself. @default a free one */
  readonly address?: string;
  /** Resource name, URL or short name of the subnetwork of an internal address. */
  readonly subnetwork?: string;
  /** What it is for: `GCE_ENDPOINT`, `SHARED_LOADBALANCER_VIP` … */
  readonly purpose?: string;
}

/** Body of `firewalls.insert`. */
export interface FirewallRequest {
  readonly name: string;
  /** Resource name, URL or short name of the network. */
  readonly network: string;
}
