export { type AutoscalerOptions, type AutoscalerQuotas } from "./construct/autoscaler-options";
export { SubnetAutoscaler, type SubnetAutoscalerProps } from "./construct/subnet-autoscaler";
export {
  SubnetAutoscalerDashboard,
  type SubnetAutoscalerDashboardProps,
} from "./construct/subnet-autoscaler-dashboard";
export { SubnetAutoscalerStack, type SubnetAutoscalerStackProps } from "./construct/subnet-autoscaler-stack";
export { type Mode, type ReclaimOptions } from "./runtime/config/config";
