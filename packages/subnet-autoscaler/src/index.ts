export { type AutoscalerSettings } from "./construct/autoscaler-settings";
export { SubnetAutoscaler, type SubnetAutoscalerProps } from "./construct/subnet-autoscaler";
export { SubnetAutoscalerStack, type SubnetAutoscalerStackProps } from "./construct/subnet-autoscaler-stack";
export { type Mode, type Quotas, type ReclaimPolicy } from "./runtime/config";
