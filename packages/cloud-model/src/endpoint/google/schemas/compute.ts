// Written by tools/google-schemas.mjs from Google's discovery document of compute v1, revision 20260729.

/** The schemas of compute's request bodies: see `Schemas`. */
export const computeSchemas = {
  Address:
    "address:s addressType:eEXTERNAL|INTERNAL|UNSPECIFIED_TYPE creationTimestamp:- description:s id:- ipCollection:s ipVersion:eIPV4|IPV6|UNSPECIFIED_VERSION ipv6EndpointType:eNETLB|VM kind:- labelFingerprint:s labels:{s name:s network:s networkTier:eFIXED_STANDARD|PREMIUM|STANDARD|STANDARD_OVERRIDES_FIXED_STANDARD prefixLength:i purpose:eDNS_RESOLVER|GCE_ENDPOINT|IPSEC_INTERCONNECT|NAT_AUTO|PRIVATE_SERVICE_CONNECT|SERVERLESS|SHARED_LOADBALANCER_VIP|VPC_PEERING region:- selfLink:- status:- subnetwork:s users:-",
  AuditConfig: "auditLogConfigs:[@AuditLogConfig service:s",
  AuditLogConfig: "exemptedMembers:[s logType:eADMIN_READ|DATA_READ|DATA_WRITE|LOG_TYPE_UNSPECIFIED",
  Binding: "condition:@Expr members:[s role:s",
  Expr: "description:s expression:s location:s title:s",
  Firewall:
    "allowed:[@FirewallAllowed creationTimestamp:- denied:[@FirewallDenied description:s destinationRanges:[s direction:eEGRESS|INGRESS disabled:b id:- kind:- logConfig:@FirewallLogConfig name:s network:s params:@FirewallParams priority:i selfLink:- sourceRanges:[s sourceServiceAccounts:[s sourceTags:[s targetServiceAccounts:[s targetTags:[s",
  FirewallAllowed: "IPProtocol:s ports:[s",
  FirewallDenied: "IPProtocol:s ports:[s",
  FirewallLogConfig: "enable:b metadata:eEXCLUDE_ALL_METADATA|INCLUDE_ALL_METADATA",
  FirewallParams: "resourceManagerTags:{s",
  Network:
    "IPv4Range:s autoCreateSubnetworks:b creationTimestamp:- description:s enableUlaInternalIpv6:b firewallPolicy:- gatewayIPv4:- id:- internalIpv6Range:s kind:- mtu:i name:s networkFirewallPolicyEnforcementOrder:eAFTER_CLASSIC_FIREWALL|BEFORE_CLASSIC_FIREWALL networkProfile:s params:@NetworkParams peerings:- routingConfig:@NetworkRoutingConfig selfLink:- selfLinkWithId:- subnetworks:-",
  NetworkParams: "resourceManagerTags:{s",
  NetworkRoutingConfig:
    "bgpAlwaysCompareMed:b bgpBestPathSelectionMode:eLEGACY|STANDARD bgpInterRegionCost:eADD_COST_TO_MED|DEFAULT effectiveBgpAlwaysCompareMed:- effectiveBgpInterRegionCost:- routingMode:eGLOBAL|REGIONAL",
  Policy: "auditConfigs:[@AuditConfig bindings:[@Binding etag:s version:i",
  RegionSetLabelsRequest: "labelFingerprint:s labels:{s",
  RegionSetPolicyRequest: "bindings:[@Binding etag:s policy:@Policy",
  Router:
    "bgp:@RouterBgp bgpPeers:[@RouterBgpPeer creationTimestamp:- description:s encryptedInterconnectRouter:b id:- interfaces:[@RouterInterface kind:- md5AuthenticationKeys:[@RouterMd5AuthenticationKey name:s nats:[@RouterNat nccGateway:s network:s params:@RouterParams region:- selfLink:-",
  RouterAdvertisedIpRange: "description:s range:s",
  RouterBgp:
    "advertiseMode:eCUSTOM|DEFAULT advertisedGroups:[eALL_SUBNETS advertisedIpRanges:[@RouterAdvertisedIpRange asn:i identifierRange:s keepaliveInterval:i",
  RouterBgpPeer:
    "advertiseMode:eCUSTOM|DEFAULT advertisedGroups:[eALL_SUBNETS advertisedIpRanges:[@RouterAdvertisedIpRange advertisedRoutePriority:i bfd:@RouterBgpPeerBfd customLearnedIpRanges:[@RouterBgpPeerCustomLearnedIpRange customLearnedRoutePriority:i enable:eFALSE|TRUE enableIpv4:b enableIpv6:b exportPolicies:[s importPolicies:[s interfaceName:s ipAddress:s ipv4NexthopAddress:s ipv6NexthopAddress:s managementType:- md5AuthenticationKeyName:s name:s peerAsn:i peerIpAddress:s peerIpv4NexthopAddress:s peerIpv6NexthopAddress:s routerApplianceInstance:s",
  RouterBgpPeerBfd:
    "minReceiveInterval:i minTransmitInterval:i multiplier:i sessionInitializationMode:eACTIVE|DISABLED|PASSIVE",
  RouterBgpPeerCustomLearnedIpRange: "range:s",
  RouterInterface:
    "ipRange:s ipVersion:eIPV4|IPV6 linkedInterconnectAttachment:s linkedVpnTunnel:s managementType:- name:s privateIpAddress:s redundantInterface:s subnetwork:s",
  RouterMd5AuthenticationKey: "key:s name:s",
  RouterNat:
    "autoNetworkTier:eFIXED_STANDARD|PREMIUM|STANDARD|STANDARD_OVERRIDES_FIXED_STANDARD drainNatIps:[s effectiveTcpTimeWaitTimeoutSec:- enableDynamicPortAllocation:b enableEndpointIndependentMapping:b endpointTypes:[eENDPOINT_TYPE_MANAGED_PROXY_LB|ENDPOINT_TYPE_SWG|ENDPOINT_TYPE_VM icmpIdleTimeoutSec:i logConfig:@RouterNatLogConfig maxPortsPerVm:i minPortsPerVm:i name:s nat64Subnetworks:[@RouterNatSubnetworkToNat64 natIpAllocateOption:eAUTO_ONLY|MANUAL_ONLY natIps:[s rules:[@RouterNatRule sourceSubnetworkIpRangesToNat:eALL_SUBNETWORKS_ALL_IP_RANGES|ALL_SUBNETWORKS_ALL_PRIMARY_IP_RANGES|LIST_OF_SUBNETWORKS sourceSubnetworkIpRangesToNat64:eALL_IPV6_SUBNETWORKS|LIST_OF_IPV6_SUBNETWORKS subnetworks:[@RouterNatSubnetworkToNat tcpEstablishedIdleTimeoutSec:i tcpTimeWaitTimeoutSec:i tcpTransitoryIdleTimeoutSec:i type:ePRIVATE|PUBLIC udpIdleTimeoutSec:i",
  RouterNatLogConfig: "enable:b filter:eALL|ERRORS_ONLY|TRANSLATIONS_ONLY",
  RouterNatRule: "action:@RouterNatRuleAction description:s match:s ruleNumber:i",
  RouterNatRuleAction:
    "sourceNatActiveIps:[s sourceNatActiveRanges:[s sourceNatDrainIps:[s sourceNatDrainRanges:[s",
  RouterNatSubnetworkToNat:
    "name:s secondaryIpRangeNames:[s sourceIpRangesToNat:[eALL_IP_RANGES|LIST_OF_SECONDARY_IP_RANGES|PRIMARY_IP_RANGE",
  RouterNatSubnetworkToNat64: "name:s",
  RouterParams: "resourceManagerTags:{s",
  Subnetwork:
    "allowSubnetCidrRoutesOverlap:b creationTimestamp:- description:s enableFlowLogs:b externalIpv6Prefix:s fingerprint:s gatewayAddress:- id:- internalIpv6Prefix:s ipCidrRange:s ipCollection:s ipv6AccessType:eEXTERNAL|INTERNAL ipv6CidrRange:- ipv6GceEndpoint:- kind:- logConfig:@SubnetworkLogConfig name:s network:s params:@SubnetworkParams privateIpGoogleAccess:b privateIpv6GoogleAccess:eDISABLE_GOOGLE_ACCESS|ENABLE_BIDIRECTIONAL_ACCESS_TO_GOOGLE|ENABLE_OUTBOUND_VM_ACCESS_TO_GOOGLE purpose:eGLOBAL_MANAGED_PROXY|INTERNAL_HTTPS_LOAD_BALANCER|PEER_MIGRATION|PRIVATE|PRIVATE_NAT|PRIVATE_RFC_1918|PRIVATE_SERVICE_CONNECT|REGIONAL_MANAGED_PROXY region:s reservedInternalRange:s resolveSubnetMask:eARP_ALL_RANGES|ARP_PRIMARY_RANGE role:eACTIVE|BACKUP secondaryIpRanges:[@SubnetworkSecondaryRange selfLink:- stackType:eIPV4_IPV6|IPV4_ONLY|IPV6_ONLY state:- systemReservedExternalIpv6Ranges:- systemReservedInternalIpv6Ranges:- utilizationDetails:-",
  SubnetworkLogConfig:
    "aggregationInterval:eINTERVAL_10_MIN|INTERVAL_15_MIN|INTERVAL_1_MIN|INTERVAL_30_SEC|INTERVAL_5_MIN|INTERVAL_5_SEC enable:b filterExpr:s flowSampling:n metadata:eCUSTOM_METADATA|EXCLUDE_ALL_METADATA|INCLUDE_ALL_METADATA metadataFields:[s",
  SubnetworkParams: "resourceManagerTags:{s",
  SubnetworkSecondaryRange:
    "ipCidrRange:s ipCollection:s ipVersion:eIPV4|IPV6|IP_VERSION_UNSPECIFIED rangeName:s reservedInternalRange:s",
  SubnetworksExpandIpCidrRangeRequest: "ipCidrRange:s",
  SubnetworksSetPrivateIpGoogleAccessRequest: "privateIpGoogleAccess:b",
  TestPermissionsRequest: "permissions:[s",
};
