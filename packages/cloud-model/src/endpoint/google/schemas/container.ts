// Written by tools/google-schemas.mjs from Google's discovery document of container v1, revision 20260727.

/** The schemas of container's request bodies: see `Schemas`. */
export const containerSchemas = {
  AcceleratorConfig:
    "acceleratorCount:l acceleratorType:s gpuDriverInstallationConfig:@GPUDriverInstallationConfig gpuPartitionSize:s gpuSharingConfig:@GPUSharingConfig",
  AccurateTimeConfig: "enablePtpKvmTimeSync:b",
  AdditionalIPRangesConfig: "podIpv4RangeNames:[s status:eSTATUS_UNSPECIFIED|ACTIVE|DRAINING subnetwork:s",
  AdditionalNodeNetworkConfig: "network:s subnetwork:s",
  AdditionalPodNetworkConfig:
    "maxPodsPerNode:@MaxPodsConstraint networkAttachment:s secondaryPodRange:s subnetwork:s",
  AdditionalPodRangesConfig: "podRangeInfo:- podRangeNames:[s",
  AddonsConfig:
    "agentSandboxConfig:@AgentSandboxConfig cloudRunConfig:@CloudRunConfig configConnectorConfig:@ConfigConnectorConfig dnsCacheConfig:@DnsCacheConfig gcePersistentDiskCsiDriverConfig:@GcePersistentDiskCsiDriverConfig gcpFilestoreCsiDriverConfig:@GcpFilestoreCsiDriverConfig gcsFuseCsiDriverConfig:@GcsFuseCsiDriverConfig gkeBackupAgentConfig:@GkeBackupAgentConfig highScaleCheckpointingConfig:@HighScaleCheckpointingConfig horizontalPodAutoscaling:@HorizontalPodAutoscaling httpLoadBalancing:@HttpLoadBalancing kubernetesDashboard:@KubernetesDashboard lustreCsiDriverConfig:@LustreCsiDriverConfig networkPolicyConfig:@NetworkPolicyConfig nodeReadinessConfig:@NodeReadinessConfig parallelstoreCsiDriverConfig:@ParallelstoreCsiDriverConfig podSnapshotConfig:@PodSnapshotConfig rayOperatorConfig:@RayOperatorConfig sliceControllerConfig:@SliceControllerConfig slurmOperatorConfig:@SlurmOperatorConfig statefulHaConfig:@StatefulHAConfig",
  AdvancedDatapathObservabilityConfig:
    "enableMetrics:b enableRelay:b relayMode:eRELAY_MODE_UNSPECIFIED|DISABLED|INTERNAL_VPC_LB|EXTERNAL_LB",
  AdvancedMachineFeatures:
    "enableNestedVirtualization:b performanceMonitoringUnit:ePERFORMANCE_MONITORING_UNIT_UNSPECIFIED|ARCHITECTURAL|STANDARD|ENHANCED threadsPerCore:l",
  AgentSandboxConfig: "enabled:b",
  AnonymousAuthenticationConfig: "mode:eMODE_UNSPECIFIED|ENABLED|LIMITED",
  AuthenticatorGroupsConfig: "enabled:b securityGroup:s",
  AutoIpamConfig: "enabled:b",
  AutoMonitoringConfig: "scope:eSCOPE_UNSPECIFIED|ALL|NONE",
  AutoUpgradeOptions: "autoUpgradeStartTime:- description:-",
  Autopilot:
    "clusterPolicyConfig:@ClusterPolicyConfig enabled:b privilegedAdmissionConfig:@PrivilegedAdmissionConfig workloadPolicyConfig:@WorkloadPolicyConfig",
  AutopilotConfig: "enabled:b",
  AutoprovisioningNodePoolDefaults:
    "bootDiskKmsKey:s diskSizeGb:i diskType:s imageType:s insecureKubeletReadonlyPortEnabled:b management:@NodeManagement minCpuPlatform:s oauthScopes:[s serviceAccount:s shieldedInstanceConfig:@ShieldedInstanceConfig upgradeSettings:@UpgradeSettings",
  AutoscaledRolloutPolicy: "waitForDrainDuration:s",
  BestEffortProvisioning: "enabled:b minProvisionNodes:i",
  BigQueryDestination: "datasetId:s",
  BinaryAuthorization:
    "enabled:b evaluationMode:eEVALUATION_MODE_UNSPECIFIED|DISABLED|PROJECT_SINGLETON_POLICY_ENFORCE",
  BlueGreenSettings:
    "autoscaledRolloutPolicy:@AutoscaledRolloutPolicy nodePoolSoakDuration:s standardRolloutPolicy:@StandardRolloutPolicy",
  BootDisk: "diskType:s provisionedIops:l provisionedThroughput:l sizeGb:l",
  BootDiskProfile: "swapSizeGib:l swapSizePercent:i",
  CertificateAuthorityDomainConfig:
    "fqdns:[s gcpSecretManagerCertificateConfig:@GCPSecretManagerCertificateConfig",
  CertificateConfig: "gcpSecretManagerSecretUri:s",
  CertificateConfigPair: "cert:@CertificateConfig key:@CertificateConfig",
  CidrBlock: "cidrBlock:s displayName:s",
  ClientCertificateConfig: "issueClientCertificate:b",
  CloudRunConfig:
    "disabled:b loadBalancerType:eLOAD_BALANCER_TYPE_UNSPECIFIED|LOAD_BALANCER_TYPE_EXTERNAL|LOAD_BALANCER_TYPE_INTERNAL",
  Cluster:
    "addonsConfig:@AddonsConfig alphaClusterFeatureGates:[s anonymousAuthenticationConfig:@AnonymousAuthenticationConfig authenticatorGroupsConfig:@AuthenticatorGroupsConfig autopilot:@Autopilot autoscaling:@ClusterAutoscaling binaryAuthorization:@BinaryAuthorization clusterIpv4Cidr:s compliancePostureConfig:@CompliancePostureConfig conditions:[@StatusCondition confidentialNodes:@ConfidentialNodes controlPlaneEgress:@ControlPlaneEgress controlPlaneEndpointsConfig:@ControlPlaneEndpointsConfig costManagementConfig:@CostManagementConfig createTime:- currentEmulatedVersion:- currentMasterVersion:- currentNodeCount:- currentNodeVersion:- databaseEncryption:@DatabaseEncryption defaultMaxPodsConstraint:@MaxPodsConstraint description:s enableK8sBetaApis:@K8sBetaAPIConfig enableKubernetesAlpha:b enableTpu:b endpoint:- enterpriseConfig:@EnterpriseConfig etag:s expireTime:- fleet:@Fleet gkeAutoUpgradeConfig:@GkeAutoUpgradeConfig id:- identityServiceConfig:@IdentityServiceConfig initialClusterVersion:s initialNodeCount:i instanceGroupUrls:- ipAllocationPolicy:@IPAllocationPolicy labelFingerprint:s legacyAbac:@LegacyAbac location:- locations:[s loggingConfig:@LoggingConfig loggingService:s maintenancePolicy:@MaintenancePolicy managedMachineLearningDiagnosticsConfig:@ManagedMachineLearningDiagnosticsConfig managedOpentelemetryConfig:@ManagedOpenTelemetryConfig masterAuth:@MasterAuth masterAuthorizedNetworksConfig:@MasterAuthorizedNetworksConfig meshCertificates:@MeshCertificates monitoringConfig:@MonitoringConfig monitoringService:s name:s network:s networkConfig:@NetworkConfig networkPolicy:@NetworkPolicy nodeConfig:@NodeConfig nodeCreationConfig:@NodeCreationConfig nodeIpv4CidrSize:- nodePoolAutoConfig:@NodePoolAutoConfig nodePoolDefaults:@NodePoolDefaults nodePools:[@NodePool notificationConfig:@NotificationConfig parentProductConfig:@ParentProductConfig podAutoscaling:@PodAutoscaling privateClusterConfig:@PrivateClusterConfig rbacBindingConfig:@RBACBindingConfig releaseChannel:@ReleaseChannel resourceLabels:{s resourceUsageExportConfig:@ResourceUsageExportConfig rollbackSafeUpgrade:@RollbackSafeUpgrade satisfiesPzi:- satisfiesPzs:- scheduleUpgradeConfig:@ScheduleUpgradeConfig secretManagerConfig:@SecretManagerConfig secretSyncConfig:@SecretSyncConfig securityPostureConfig:@SecurityPostureConfig selfLink:- servicesIpv4Cidr:- shieldedNodes:@ShieldedNodes status:- statusMessage:- subnetwork:s tpuIpv4CidrBlock:- userManagedKeysConfig:@UserManagedKeysConfig verticalPodAutoscaling:@VerticalPodAutoscaling workloadIdentityConfig:@WorkloadIdentityConfig zone:-",
  ClusterAutoscaling:
    "autopilotGeneralProfile:eAUTOPILOT_GENERAL_PROFILE_UNSPECIFIED|NO_PERFORMANCE|NONE autoprovisioningLocations:[s autoprovisioningNodePoolDefaults:@AutoprovisioningNodePoolDefaults autoscalingProfile:ePROFILE_UNSPECIFIED|OPTIMIZE_UTILIZATION|BALANCED defaultComputeClassConfig:@DefaultComputeClassConfig enableNodeAutoprovisioning:b resourceLimits:[@ResourceLimit",
  ClusterNetworkPerformanceConfig: "totalEgressBandwidthTier:eTIER_UNSPECIFIED|TIER_1",
  ClusterPolicyConfig: "noStandardNodePools:b noSystemImpersonation:b noSystemMutation:b noUnsafeWebhooks:b",
  ClusterUpdate:
    "additionalPodRangesConfig:@AdditionalPodRangesConfig desiredAdditionalIpRangesConfig:@DesiredAdditionalIPRangesConfig desiredAddonsConfig:@AddonsConfig desiredAnonymousAuthenticationConfig:@AnonymousAuthenticationConfig desiredAuthenticatorGroupsConfig:@AuthenticatorGroupsConfig desiredAutoIpamConfig:@AutoIpamConfig desiredAutopilotClusterPolicyConfig:@ClusterPolicyConfig desiredAutopilotWorkloadPolicyConfig:@WorkloadPolicyConfig desiredBinaryAuthorization:@BinaryAuthorization desiredClusterAutoscaling:@ClusterAutoscaling desiredCompliancePostureConfig:@CompliancePostureConfig desiredContainerdConfig:@ContainerdConfig desiredControlPlaneEgress:@ControlPlaneEgress desiredControlPlaneEndpointsConfig:@ControlPlaneEndpointsConfig desiredCostManagementConfig:@CostManagementConfig desiredDatabaseEncryption:@DatabaseEncryption desiredDatapathProvider:eDATAPATH_PROVIDER_UNSPECIFIED|LEGACY_DATAPATH|ADVANCED_DATAPATH desiredDefaultEnablePrivateNodes:b desiredDefaultSnatStatus:@DefaultSnatStatus desiredDisableL4LbFirewallReconciliation:b desiredDnsConfig:@DNSConfig desiredEmulatedVersion:s desiredEnableCiliumClusterwideNetworkPolicy:b desiredEnableFqdnNetworkPolicy:b desiredEnableMultiNetworking:b desiredEnablePrivateEndpoint:b desiredEnterpriseConfig:@DesiredEnterpriseConfig desiredFleet:@Fleet desiredGatewayApiConfig:@GatewayAPIConfig desiredGcfsConfig:@GcfsConfig desiredIdentityServiceConfig:@IdentityServiceConfig desiredImage:s desiredImageProject:s desiredImageType:s desiredInTransitEncryptionConfig:eIN_TRANSIT_ENCRYPTION_CONFIG_UNSPECIFIED|IN_TRANSIT_ENCRYPTION_DISABLED|IN_TRANSIT_ENCRYPTION_INTER_NODE_TRANSPARENT desiredIntraNodeVisibilityConfig:@IntraNodeVisibilityConfig desiredK8sBetaApis:@K8sBetaAPIConfig desiredL4ilbSubsettingConfig:@ILBSubsettingConfig desiredLocations:[s desiredLoggingConfig:@LoggingConfig desiredLoggingService:s desiredManagedMachineLearningDiagnosticsConfig:@ManagedMachineLearningDiagnosticsConfig desiredManagedOpentelemetryConfig:@ManagedOpenTelemetryConfig desiredMasterAuthorizedNetworksConfig:@MasterAuthorizedNetworksConfig desiredMasterVersion:s desiredMeshCertificates:@MeshCertificates desiredMonitoringConfig:@MonitoringConfig desiredMonitoringService:s desiredNetworkPerformanceConfig:@ClusterNetworkPerformanceConfig desiredNetworkTierConfig:@NetworkTierConfig desiredNodeCreationConfig:@NodeCreationConfig desiredNodeKubeletConfig:@NodeKubeletConfig desiredNodePoolAutoConfigKubeletConfig:@NodeKubeletConfig desiredNodePoolAutoConfigLinuxNodeConfig:@LinuxNodeConfig desiredNodePoolAutoConfigNetworkTags:@NetworkTags desiredNodePoolAutoConfigResourceManagerTags:@ResourceManagerTags desiredNodePoolAutoscaling:@NodePoolAutoscaling desiredNodePoolId:s desiredNodePoolLoggingConfig:@NodePoolLoggingConfig desiredNodeVersion:s desiredNotificationConfig:@NotificationConfig desiredParentProductConfig:@ParentProductConfig desiredPodAutoscaling:@PodAutoscaling desiredPrivateClusterConfig:@PrivateClusterConfig desiredPrivateIpv6GoogleAccess:ePRIVATE_IPV6_GOOGLE_ACCESS_UNSPECIFIED|PRIVATE_IPV6_GOOGLE_ACCESS_DISABLED|PRIVATE_IPV6_GOOGLE_ACCESS_TO_GOOGLE|PRIVATE_IPV6_GOOGLE_ACCESS_BIDIRECTIONAL desiredPrivilegedAdmissionConfig:@PrivilegedAdmissionConfig desiredRbacBindingConfig:@RBACBindingConfig desiredReleaseChannel:@ReleaseChannel desiredResourceUsageExportConfig:@ResourceUsageExportConfig desiredRollbackSafeUpgrade:@RollbackSafeUpgrade desiredSecretManagerConfig:@SecretManagerConfig desiredSecretSyncConfig:@SecretSyncConfig desiredSecurityPostureConfig:@SecurityPostureConfig desiredServiceExternalIpsConfig:@ServiceExternalIPsConfig desiredShieldedNodes:@ShieldedNodes desiredStackType:eSTACK_TYPE_UNSPECIFIED|IPV4|IPV4_IPV6 desiredUserManagedKeysConfig:@UserManagedKeysConfig desiredVerticalPodAutoscaling:@VerticalPodAutoscaling desiredWorkloadIdentityConfig:@WorkloadIdentityConfig enableK8sBetaApis:@K8sBetaAPIConfig etag:s gkeAutoUpgradeConfig:@GkeAutoUpgradeConfig removedAdditionalPodRangesConfig:@AdditionalPodRangesConfig userManagedKeysConfig:@UserManagedKeysConfig",
  CompliancePostureConfig: "complianceStandards:[@ComplianceStandard mode:eMODE_UNSPECIFIED|DISABLED|ENABLED",
  ComplianceStandard: "standard:s",
  ConfidentialNodes:
    "confidentialInstanceType:eCONFIDENTIAL_INSTANCE_TYPE_UNSPECIFIED|SEV|SEV_SNP|TDX enabled:b",
  ConfigConnectorConfig: "enabled:b",
  ConsumptionMeteringConfig: "enabled:b",
  ContainerdConfig:
    "privateRegistryAccessConfig:@PrivateRegistryAccessConfig registryHosts:[@RegistryHostConfig writableCgroups:@WritableCgroups",
  ControlPlaneEgress: "mode:eMODE_UNSPECIFIED|VIA_CONTROL_PLANE|NONE",
  ControlPlaneEndpointsConfig: "dnsEndpointConfig:@DNSEndpointConfig ipEndpointsConfig:@IPEndpointsConfig",
  CostManagementConfig: "enabled:b",
  CrashLoopBackOffConfig: "maxContainerRestartPeriod:s",
  CreateClusterRequest: "cluster:@Cluster parent:s projectId:s zone:s",
  CreateNodePoolRequest: "clusterId:s nodePool:@NodePool parent:s projectId:s zone:s",
  CustomImageConfig: "image:s imageProject:s",
  CustomNodeInit: "initScript:@InitScript",
  DNSConfig:
    "additiveVpcScopeDnsDomain:s clusterDns:ePROVIDER_UNSPECIFIED|PLATFORM_DEFAULT|CLOUD_DNS|KUBE_DNS clusterDnsDomain:s clusterDnsScope:eDNS_SCOPE_UNSPECIFIED|CLUSTER_SCOPE|VPC_SCOPE",
  DNSEndpointConfig: "allowExternalTraffic:b enableK8sCertsViaDns:b enableK8sTokensViaDns:b endpoint:-",
  DailyMaintenanceWindow: "duration:- startTime:s",
  DatabaseEncryption:
    "currentState:- decryptionKeys:- keyName:s lastOperationErrors:- state:eUNKNOWN|ENCRYPTED|DECRYPTED|ALL_OBJECTS_ENCRYPTION_ENABLED",
  DataplaneV2Config: "scalabilityMode:eSCALABILITY_MODE_UNSPECIFIED|DISABLED|SCALE_OPTIMIZED",
  Date: "day:i month:i year:i",
  DedicatedLocalSsdProfile: "diskCount:l",
  DefaultComputeClassConfig: "enabled:b",
  DefaultSnatStatus: "disabled:b",
  DesiredAdditionalIPRangesConfig: "additionalIpRangesConfigs:[@AdditionalIPRangesConfig",
  DesiredEnterpriseConfig: "desiredTier:eCLUSTER_TIER_UNSPECIFIED|STANDARD|ENTERPRISE",
  DiskIoScheduler: "nodeAttachedDiskIoScheduler:s nodeSystemIoScheduler:s",
  DisruptionBudget:
    "lastDisruptionTime:- lastMinorVersionDisruptionTime:- minorVersionDisruptionInterval:s patchVersionDisruptionInterval:s",
  DnsCacheConfig: "enabled:b",
  EncryptionConfig: "disabled:b",
  EnterpriseConfig: "clusterTier:- desiredTier:eCLUSTER_TIER_UNSPECIFIED|STANDARD|ENTERPRISE",
  EphemeralLocalSsdProfile: "swapSizeGib:l swapSizePercent:i",
  EphemeralStorageLocalSsdConfig: "dataCacheCount:i localSsdCount:i",
  EvictionGracePeriod:
    "imagefsAvailable:s imagefsInodesFree:s memoryAvailable:s nodefsAvailable:s nodefsInodesFree:s pidAvailable:s",
  EvictionMinimumReclaim:
    "imagefsAvailable:s imagefsInodesFree:s memoryAvailable:s nodefsAvailable:s nodefsInodesFree:s pidAvailable:s",
  EvictionSignals:
    "imagefsAvailable:s imagefsInodesFree:s memoryAvailable:s nodefsAvailable:s nodefsInodesFree:s pidAvailable:s",
  ExclusionUntilEndOfSupport: "enabled:b endTime:- startTime:-",
  FastSocket: "enabled:b",
  Filter:
    "eventType:[eEVENT_TYPE_UNSPECIFIED|UPGRADE_AVAILABLE_EVENT|UPGRADE_EVENT|SECURITY_BULLETIN_EVENT|UPGRADE_INFO_EVENT",
  Fleet: "membership:- membershipType:eMEMBERSHIP_TYPE_UNSPECIFIED|LIGHTWEIGHT preRegistered:- project:s",
  GCPSecretManagerCertificateConfig: "secretUri:s",
  GPUDirectConfig: "gpuDirectStrategy:eGPU_DIRECT_STRATEGY_UNSPECIFIED|RDMA",
  GPUDriverInstallationConfig:
    "gpuDriverVersion:eGPU_DRIVER_VERSION_UNSPECIFIED|INSTALLATION_DISABLED|DEFAULT|LATEST",
  GPUSharingConfig:
    "gpuSharingStrategy:eGPU_SHARING_STRATEGY_UNSPECIFIED|TIME_SHARING|MPS maxSharedClientsPerGpu:l",
  GatewayAPIConfig: "channel:eCHANNEL_UNSPECIFIED|CHANNEL_DISABLED|CHANNEL_EXPERIMENTAL|CHANNEL_STANDARD",
  GcePersistentDiskCsiDriverConfig: "enabled:b",
  GcfsConfig: "enabled:b",
  GcpFilestoreCsiDriverConfig: "enabled:b",
  GcsFuseCsiDriverConfig: "enabled:b",
  GkeAutoUpgradeConfig: "patchMode:ePATCH_MODE_UNSPECIFIED|ACCELERATED",
  GkeBackupAgentConfig: "enabled:b",
  HighScaleCheckpointingConfig: "enabled:b",
  HorizontalPodAutoscaling: "disabled:b",
  HostConfig:
    "ca:[@CertificateConfig capabilities:[eHOST_CAPABILITY_UNSPECIFIED|HOST_CAPABILITY_PULL|HOST_CAPABILITY_RESOLVE|HOST_CAPABILITY_PUSH client:[@CertificateConfigPair dialTimeout:s header:[@RegistryHeader host:s overridePath:b",
  HttpLoadBalancing: "disabled:b",
  HugepagesConfig: "hugepageSize1g:i hugepageSize2m:i",
  ILBSubsettingConfig: "enabled:b",
  IPAllocationPolicy:
    "additionalIpRangesConfigs:- additionalPodRangesConfig:- autoIpamConfig:@AutoIpamConfig clusterIpv4Cidr:s clusterIpv4CidrBlock:s clusterSecondaryRangeName:s createSubnetwork:b defaultPodIpv4RangeUtilization:- ipv6AccessType:eIPV6_ACCESS_TYPE_UNSPECIFIED|INTERNAL|EXTERNAL networkTierConfig:@NetworkTierConfig nodeIpv4Cidr:s nodeIpv4CidrBlock:s podCidrOverprovisionConfig:@PodCIDROverprovisionConfig servicesIpv4Cidr:s servicesIpv4CidrBlock:s servicesIpv6CidrBlock:- servicesSecondaryRangeName:s stackType:eSTACK_TYPE_UNSPECIFIED|IPV4|IPV4_IPV6 subnetIpv6CidrBlock:- subnetworkName:s tpuIpv4CidrBlock:s useIpAliases:b useRoutes:b",
  IPEndpointsConfig:
    "authorizedNetworksConfig:@MasterAuthorizedNetworksConfig enablePublicEndpoint:b enabled:b globalAccess:b privateEndpoint:- privateEndpointSubnetwork:s publicEndpoint:-",
  IdentityServiceConfig: "enabled:b",
  InitScript: "args:[s gcpSecretManagerSecretUri:s gcsGeneration:l gcsUri:s",
  IntraNodeVisibilityConfig: "enabled:b",
  K8sBetaAPIConfig: "enabledApis:[s",
  KubernetesDashboard: "disabled:b",
  LegacyAbac: "enabled:b",
  LinuxNodeConfig:
    "accurateTimeConfig:@AccurateTimeConfig cgroupMode:eCGROUP_MODE_UNSPECIFIED|CGROUP_MODE_V1|CGROUP_MODE_V2 customNodeInit:@CustomNodeInit diskIoScheduler:@DiskIoScheduler hugepages:@HugepagesConfig nodeKernelModuleLoading:@NodeKernelModuleLoading nodeVfioConfig:@NodeVfioConfig swapConfig:@SwapConfig sysctls:{s transparentHugepageDefrag:eTRANSPARENT_HUGEPAGE_DEFRAG_UNSPECIFIED|TRANSPARENT_HUGEPAGE_DEFRAG_ALWAYS|TRANSPARENT_HUGEPAGE_DEFRAG_DEFER|TRANSPARENT_HUGEPAGE_DEFRAG_DEFER_WITH_MADVISE|TRANSPARENT_HUGEPAGE_DEFRAG_MADVISE|TRANSPARENT_HUGEPAGE_DEFRAG_NEVER transparentHugepageEnabled:eTRANSPARENT_HUGEPAGE_ENABLED_UNSPECIFIED|TRANSPARENT_HUGEPAGE_ENABLED_ALWAYS|TRANSPARENT_HUGEPAGE_ENABLED_MADVISE|TRANSPARENT_HUGEPAGE_ENABLED_NEVER",
  LocalNvmeSsdBlockConfig: "localSsdCount:i",
  LoggingComponentConfig:
    "enableComponents:[eCOMPONENT_UNSPECIFIED|SYSTEM_COMPONENTS|WORKLOADS|APISERVER|SCHEDULER|CONTROLLER_MANAGER|KCP_SSHD|KCP_CONNECTION|KCP_HPA|KCP_VPA",
  LoggingConfig: "componentConfig:@LoggingComponentConfig",
  LoggingVariantConfig: "variant:eVARIANT_UNSPECIFIED|DEFAULT|MAX_THROUGHPUT",
  LustreCsiDriverConfig: "disableMultiNic:b enableLegacyLustrePort:b enabled:b",
  MaintenanceExclusionOptions:
    "endTimeBehavior:eEND_TIME_BEHAVIOR_UNSPECIFIED|UNTIL_END_OF_SUPPORT scope:eNO_UPGRADES|NO_MINOR_UPGRADES|NO_MINOR_OR_NODE_UPGRADES",
  MaintenancePolicy: "disruptionBudget:@DisruptionBudget resourceVersion:s window:@MaintenanceWindow",
  MaintenanceWindow:
    "dailyMaintenanceWindow:@DailyMaintenanceWindow maintenanceExclusions:{@TimeWindow recurringMaintenanceWindow:@RecurringMaintenanceWindow recurringWindow:@RecurringTimeWindow",
  ManagedMachineLearningDiagnosticsConfig: "enabled:b",
  ManagedOpenTelemetryConfig: "scope:eSCOPE_UNSPECIFIED|NONE|COLLECTION_AND_INSTRUMENTATION_COMPONENTS",
  ManagedPrometheusConfig: "autoMonitoringConfig:@AutoMonitoringConfig enabled:b",
  MasterAuth:
    "clientCertificate:- clientCertificateConfig:@ClientCertificateConfig clientKey:- clusterCaCertificate:- password:s username:s",
  MasterAuthorizedNetworksConfig:
    "cidrBlocks:[@CidrBlock enabled:b gcpPublicCidrsAccessEnabled:b privateEndpointEnforcementEnabled:b",
  MaxPodsConstraint: "maxPodsPerNode:l",
  MemoryManager: "policy:s",
  MeshCertificates: "enableCertificates:b",
  MonitoringComponentConfig:
    "enableComponents:[eCOMPONENT_UNSPECIFIED|SYSTEM_COMPONENTS|APISERVER|SCHEDULER|CONTROLLER_MANAGER|STORAGE|HPA|POD|DAEMONSET|DEPLOYMENT|STATEFULSET|CADVISOR|KUBELET|DCGM|JOBSET",
  MonitoringConfig:
    "advancedDatapathObservabilityConfig:@AdvancedDatapathObservabilityConfig componentConfig:@MonitoringComponentConfig managedPrometheusConfig:@ManagedPrometheusConfig",
  NetworkConfig:
    "datapathProvider:eDATAPATH_PROVIDER_UNSPECIFIED|LEGACY_DATAPATH|ADVANCED_DATAPATH dataplaneV2Config:@DataplaneV2Config defaultEnablePrivateNodes:b defaultSnatStatus:@DefaultSnatStatus disableL4LbFirewallReconciliation:b dnsConfig:@DNSConfig enableCiliumClusterwideNetworkPolicy:b enableFqdnNetworkPolicy:b enableIntraNodeVisibility:b enableL4ilbSubsetting:b enableMultiNetworking:b gatewayApiConfig:@GatewayAPIConfig inTransitEncryptionConfig:eIN_TRANSIT_ENCRYPTION_CONFIG_UNSPECIFIED|IN_TRANSIT_ENCRYPTION_DISABLED|IN_TRANSIT_ENCRYPTION_INTER_NODE_TRANSPARENT network:- networkPerformanceConfig:@ClusterNetworkPerformanceConfig privateIpv6GoogleAccess:ePRIVATE_IPV6_GOOGLE_ACCESS_UNSPECIFIED|PRIVATE_IPV6_GOOGLE_ACCESS_DISABLED|PRIVATE_IPV6_GOOGLE_ACCESS_TO_GOOGLE|PRIVATE_IPV6_GOOGLE_ACCESS_BIDIRECTIONAL serviceExternalIpsConfig:@ServiceExternalIPsConfig subnetwork:-",
  NetworkPerformanceConfig: "totalEgressBandwidthTier:eTIER_UNSPECIFIED|TIER_1",
  NetworkPolicy: "enabled:b provider:ePROVIDER_UNSPECIFIED|CALICO",
  NetworkPolicyConfig: "disabled:b",
  NetworkTags: "tags:[s",
  NetworkTierConfig:
    "networkTier:eNETWORK_TIER_UNSPECIFIED|NETWORK_TIER_DEFAULT|NETWORK_TIER_PREMIUM|NETWORK_TIER_STANDARD",
  NodeAffinity: "key:s operator:eOPERATOR_UNSPECIFIED|IN|NOT_IN values:[s",
  NodeConfig:
    "accelerators:[@AcceleratorConfig advancedMachineFeatures:@AdvancedMachineFeatures bootDisk:@BootDisk bootDiskKmsKey:s confidentialNodes:@ConfidentialNodes consolidationDelay:s containerdConfig:@ContainerdConfig diskSizeGb:i diskType:s effectiveCgroupMode:- enableConfidentialStorage:b ephemeralStorageLocalSsdConfig:@EphemeralStorageLocalSsdConfig fastSocket:@FastSocket flexStart:b gcfsConfig:@GcfsConfig gpuDirectConfig:@GPUDirectConfig gvnic:@VirtualNIC imageType:s kubeletConfig:@NodeKubeletConfig labels:{s linuxNodeConfig:@LinuxNodeConfig localNvmeSsdBlockConfig:@LocalNvmeSsdBlockConfig localSsdCount:i localSsdEncryptionMode:eLOCAL_SSD_ENCRYPTION_MODE_UNSPECIFIED|STANDARD_ENCRYPTION|EPHEMERAL_KEY_ENCRYPTION loggingConfig:@NodePoolLoggingConfig machineType:s maxRunDuration:s metadata:{s minCpuPlatform:s nodeGroup:s nodeImageConfig:@CustomImageConfig oauthScopes:[s preemptible:b reservationAffinity:@ReservationAffinity resourceLabels:{s resourceManagerTags:@ResourceManagerTags sandboxConfig:@SandboxConfig secondaryBootDiskUpdateStrategy:@SecondaryBootDiskUpdateStrategy secondaryBootDisks:[@SecondaryBootDisk serviceAccount:s shieldedInstanceConfig:@ShieldedInstanceConfig soleTenantConfig:@SoleTenantConfig spot:b storagePools:[s tags:[s taintConfig:@TaintConfig taints:[@NodeTaint windowsNodeConfig:@WindowsNodeConfig workloadMetadataConfig:@WorkloadMetadataConfig",
  NodeConfigDefaults:
    "containerdConfig:@ContainerdConfig gcfsConfig:@GcfsConfig loggingConfig:@NodePoolLoggingConfig nodeKubeletConfig:@NodeKubeletConfig",
  NodeCreationConfig: "nodeCreationMode:eMODE_UNSPECIFIED|VIA_KUBELET|VIA_CONTROL_PLANE",
  NodeDrainConfig: "graceTerminationDuration:s pdbTimeoutDuration:s respectPdbDuringNodePoolDeletion:b",
  NodeKernelModuleLoading: "policy:ePOLICY_UNSPECIFIED|ENFORCE_SIGNED_MODULES|DO_NOT_ENFORCE_SIGNED_MODULES",
  NodeKubeletConfig:
    "allowedUnsafeSysctls:[s containerLogMaxFiles:i containerLogMaxSize:s cpuCfsQuota:b cpuCfsQuotaPeriod:s cpuManagerPolicy:s crashLoopBackOff:@CrashLoopBackOffConfig evictionMaxPodGracePeriodSeconds:i evictionMinimumReclaim:@EvictionMinimumReclaim evictionSoft:@EvictionSignals evictionSoftGracePeriod:@EvictionGracePeriod imageGcHighThresholdPercent:i imageGcLowThresholdPercent:i imageMaximumGcAge:s imageMinimumGcAge:s insecureKubeletReadonlyPortEnabled:b maxParallelImagePulls:i memoryManager:@MemoryManager podPidsLimit:l shutdownGracePeriodCriticalPodsSeconds:i shutdownGracePeriodSeconds:i singleProcessOomKill:b topologyManager:@TopologyManager",
  NodeLabels: "labels:{s",
  NodeManagement: "autoRepair:b autoUpgrade:b upgradeOptions:@AutoUpgradeOptions",
  NodeNetworkConfig:
    "acceleratorNetworkProfile:s additionalNodeNetworkConfigs:[@AdditionalNodeNetworkConfig additionalPodNetworkConfigs:[@AdditionalPodNetworkConfig createPodRange:b enablePrivateNodes:b network:s networkPerformanceConfig:@NetworkPerformanceConfig networkTierConfig:- podCidrOverprovisionConfig:@PodCIDROverprovisionConfig podIpv4CidrBlock:s podIpv4RangeUtilization:- podRange:s subnetwork:s",
  NodePool:
    "autopilotConfig:@AutopilotConfig autoscaling:@NodePoolAutoscaling bestEffortProvisioning:@BestEffortProvisioning conditions:- config:@NodeConfig etag:- initialNodeCount:i instanceGroupUrls:- kubeletCertInfo:- locations:[s maintenancePolicy:@NodePoolMaintenancePolicy management:@NodeManagement maxPodsConstraint:@MaxPodsConstraint name:s networkConfig:@NodeNetworkConfig nodeDrainConfig:@NodeDrainConfig placementPolicy:@PlacementPolicy podIpv4CidrSize:- queuedProvisioning:@QueuedProvisioning selfLink:- status:- statusMessage:- updateInfo:- upgradeSettings:@UpgradeSettings version:s",
  NodePoolAutoConfig:
    "linuxNodeConfig:- networkTags:@NetworkTags nodeKubeletConfig:@NodeKubeletConfig resourceManagerTags:@ResourceManagerTags",
  NodePoolAutoscaling:
    "autoprovisioned:b enabled:b locationPolicy:eLOCATION_POLICY_UNSPECIFIED|BALANCED|ANY maxNodeCount:i minNodeCount:i totalMaxNodeCount:i totalMinNodeCount:i",
  NodePoolDefaults: "nodeConfigDefaults:@NodeConfigDefaults",
  NodePoolLoggingConfig: "variantConfig:@LoggingVariantConfig",
  NodePoolMaintenancePolicy: "exclusionUntilEndOfSupport:@ExclusionUntilEndOfSupport",
  NodeReadinessConfig: "enabled:b",
  NodeTaint: "effect:eEFFECT_UNSPECIFIED|NO_SCHEDULE|PREFER_NO_SCHEDULE|NO_EXECUTE key:s value:s",
  NodeTaints: "taints:[@NodeTaint",
  NodeVfioConfig: "dmaEntryLimit:i",
  NotificationConfig: "pubsub:@PubSub",
  ParallelstoreCsiDriverConfig: "enabled:b",
  ParentProductConfig: "labels:{s productName:s",
  PlacementPolicy: "policyName:s tpuTopology:s type:eTYPE_UNSPECIFIED|COMPACT",
  PodAutoscaling: "hpaProfile:eHPA_PROFILE_UNSPECIFIED|NONE|PERFORMANCE",
  PodCIDROverprovisionConfig: "disable:b",
  PodSnapshotConfig: "enabled:b",
  PrivateClusterConfig:
    "enablePrivateEndpoint:b enablePrivateNodes:b masterGlobalAccessConfig:@PrivateClusterMasterGlobalAccessConfig masterIpv4CidrBlock:s peeringName:- privateEndpoint:- privateEndpointSubnetwork:s publicEndpoint:-",
  PrivateClusterMasterGlobalAccessConfig: "enabled:b",
  PrivateRegistryAccessConfig:
    "certificateAuthorityDomainConfig:[@CertificateAuthorityDomainConfig enabled:b",
  PrivilegedAdmissionConfig: "allowlistPaths:[s",
  PubSub: "enabled:b filter:@Filter topic:s",
  QueuedProvisioning: "enabled:b",
  RBACBindingConfig:
    "enableInsecureBindingSystemAuthenticated:b enableInsecureBindingSystemUnauthenticated:b",
  RayClusterLoggingConfig: "enabled:b",
  RayClusterMonitoringConfig: "enabled:b",
  RayOperatorConfig:
    "enabled:b rayClusterLoggingConfig:@RayClusterLoggingConfig rayClusterMonitoringConfig:@RayClusterMonitoringConfig",
  RecurringMaintenanceWindow: "delayUntil:@Date recurrence:s windowDuration:s windowStartTime:@TimeOfDay",
  RecurringTimeWindow: "recurrence:s window:@TimeWindow",
  RegistryHeader: "key:s value:[s",
  RegistryHostConfig: "hosts:[@HostConfig server:s",
  ReleaseChannel: "channel:eUNSPECIFIED|RAPID|REGULAR|STABLE|EXTENDED",
  ReservationAffinity:
    "consumeReservationType:eUNSPECIFIED|NO_RESERVATION|ANY_RESERVATION|SPECIFIC_RESERVATION|ANY_RESERVATION_THEN_FAIL key:s values:[s",
  ResourceLabels: "labels:{s",
  ResourceLimit: "maximum:l minimum:l resourceType:s",
  ResourceManagerTags: "tags:{s",
  ResourceUsageExportConfig:
    "bigqueryDestination:@BigQueryDestination consumptionMeteringConfig:@ConsumptionMeteringConfig enableNetworkEgressMetering:b",
  RollbackSafeUpgrade: "controlPlaneSoakDuration:s",
  RotationConfig: "enabled:b rotationInterval:s",
  SandboxConfig: "type:eUNSPECIFIED|GVISOR",
  ScheduleUpgradeConfig: "enabled:b",
  SecondaryBootDisk: "diskImage:s mode:eMODE_UNSPECIFIED|CONTAINER_IMAGE_CACHE",
  SecondaryBootDiskUpdateStrategy: "",
  SecretManagerConfig: "enabled:b rotationConfig:@RotationConfig",
  SecretSyncConfig: "enabled:b rotationConfig:@SyncRotationConfig",
  SecurityPostureConfig:
    "mode:eMODE_UNSPECIFIED|DISABLED|BASIC|ENTERPRISE vulnerabilityMode:eVULNERABILITY_MODE_UNSPECIFIED|VULNERABILITY_DISABLED|VULNERABILITY_BASIC|VULNERABILITY_ENTERPRISE",
  ServiceExternalIPsConfig: "enabled:b",
  SetLabelsRequest: "clusterId:s labelFingerprint:s name:s projectId:s resourceLabels:{s zone:s",
  SetLegacyAbacRequest: "clusterId:s enabled:b name:s projectId:s zone:s",
  SetLocationsRequest: "clusterId:s locations:[s name:s projectId:s zone:s",
  SetMaintenancePolicyRequest: "clusterId:s maintenancePolicy:@MaintenancePolicy name:s projectId:s zone:s",
  SetNetworkPolicyRequest: "clusterId:s name:s networkPolicy:@NetworkPolicy projectId:s zone:s",
  SetNodePoolAutoscalingRequest:
    "autoscaling:@NodePoolAutoscaling clusterId:s name:s nodePoolId:s projectId:s zone:s",
  SetNodePoolManagementRequest:
    "clusterId:s management:@NodeManagement name:s nodePoolId:s projectId:s zone:s",
  SetNodePoolSizeRequest: "clusterId:s name:s nodeCount:i nodePoolId:s projectId:s zone:s",
  ShieldedInstanceConfig: "enableIntegrityMonitoring:b enableSecureBoot:b",
  ShieldedNodes: "enabled:b",
  SliceControllerConfig: "enabled:b",
  SlurmOperatorConfig: "enabled:b",
  SoleTenantConfig: "minNodeCpus:i nodeAffinities:[@NodeAffinity",
  StandardRolloutPolicy: "batchNodeCount:i batchPercentage:n batchSoakDuration:s",
  StatefulHAConfig: "enabled:b",
  StatusCondition:
    "canonicalCode:eOK|CANCELLED|UNKNOWN|INVALID_ARGUMENT|DEADLINE_EXCEEDED|NOT_FOUND|ALREADY_EXISTS|PERMISSION_DENIED|UNAUTHENTICATED|RESOURCE_EXHAUSTED|FAILED_PRECONDITION|ABORTED|OUT_OF_RANGE|UNIMPLEMENTED|INTERNAL|UNAVAILABLE|DATA_LOSS code:eUNKNOWN|GCE_STOCKOUT|GKE_SERVICE_ACCOUNT_DELETED|GCE_QUOTA_EXCEEDED|SET_BY_OPERATOR|CLOUD_KMS_KEY_ERROR|CA_EXPIRING|NODE_SERVICE_ACCOUNT_MISSING_PERMISSIONS|CLOUD_KMS_KEY_DESTROYED message:s",
  SwapConfig:
    "bootDiskProfile:@BootDiskProfile dedicatedLocalSsdProfile:@DedicatedLocalSsdProfile enabled:b encryptionConfig:@EncryptionConfig ephemeralLocalSsdProfile:@EphemeralLocalSsdProfile",
  SyncRotationConfig: "enabled:b rotationInterval:s",
  TaintConfig: "architectureTaintBehavior:eARCHITECTURE_TAINT_BEHAVIOR_UNSPECIFIED|NONE|ARM",
  TimeOfDay: "hours:i minutes:i nanos:i seconds:i",
  TimeWindow: "endTime:s maintenanceExclusionOptions:@MaintenanceExclusionOptions startTime:s",
  TopologyManager: "policy:s scope:s",
  UpdateClusterRequest: "clusterId:s name:s projectId:s update:@ClusterUpdate zone:s",
  UpdateMasterRequest: "clusterId:s masterVersion:s name:s projectId:s zone:s",
  UpdateNodePoolRequest:
    "accelerators:[@AcceleratorConfig bootDisk:@BootDisk clusterId:s confidentialNodes:@ConfidentialNodes consolidationDelay:s containerdConfig:@ContainerdConfig diskSizeGb:l diskType:s etag:s fastSocket:@FastSocket flexStart:b gcfsConfig:@GcfsConfig gvnic:@VirtualNIC image:s imageProject:s imageType:s kubeletConfig:@NodeKubeletConfig labels:@NodeLabels linuxNodeConfig:@LinuxNodeConfig locations:[s loggingConfig:@NodePoolLoggingConfig machineType:s maintenancePolicy:@NodePoolMaintenancePolicy maxRunDuration:s name:s nodeDrainConfig:@NodeDrainConfig nodeNetworkConfig:@NodeNetworkConfig nodePoolId:s nodeVersion:s projectId:s queuedProvisioning:@QueuedProvisioning resourceLabels:@ResourceLabels resourceManagerTags:@ResourceManagerTags storagePools:[s tags:@NetworkTags taintConfig:@TaintConfig taints:@NodeTaints upgradeSettings:@UpgradeSettings windowsNodeConfig:@WindowsNodeConfig workloadMetadataConfig:@WorkloadMetadataConfig zone:s",
  UpgradeSettings:
    "blueGreenSettings:@BlueGreenSettings maxSurge:i maxUnavailable:i strategy:eNODE_POOL_UPDATE_STRATEGY_UNSPECIFIED|BLUE_GREEN|SURGE|SHORT_LIVED",
  UserManagedKeysConfig:
    "aggregationCa:s clusterCa:s controlPlaneDiskEncryptionKey:s controlPlaneDiskEncryptionKeyVersions:- etcdApiCa:s etcdPeerCa:s gkeopsEtcdBackupEncryptionKey:s serviceAccountSigningKeys:[s serviceAccountVerificationKeys:[s",
  VerticalPodAutoscaling: "enabled:b",
  VirtualNIC: "enabled:b",
  WindowsNodeConfig: "osVersion:eOS_VERSION_UNSPECIFIED|OS_VERSION_LTSC2019|OS_VERSION_LTSC2022",
  WorkloadIdentityConfig: "workloadPool:s",
  WorkloadMetadataConfig: "mode:eMODE_UNSPECIFIED|GCE_METADATA|GKE_METADATA",
  WorkloadPolicyConfig: "allowNetAdmin:b autopilotCompatibilityAuditingEnabled:b",
  WritableCgroups: "enabled:b",
};
