export { type AutoscalerOptions, type AutoscalerQuotas } from "./construct/autoscaler-options";
export { type FleetContract } from "./construct/fleet-contract";
export { SubnetAutoscaler, type SubnetAutoscalerProps } from "./construct/subnet-autoscaler";
export {
  SubnetAutoscalerDashboard,
  type SubnetAutoscalerDashboardProps,
} from "./construct/subnet-autoscaler-dashboard";
export { SubnetAutoscalerFleet, type SubnetAutoscalerFleetProps } from "./construct/subnet-autoscaler-fleet";
export {
  SubnetAutoscalerFleetStack,
  type SubnetAutoscalerFleetStackProps,
} from "./construct/subnet-autoscaler-fleet-stack";
export { SubnetAutoscalerStack, type SubnetAutoscalerStackProps } from "./construct/subnet-autoscaler-stack";
export { type Mode, type ReclaimOptions } from "./runtime/config/config";
