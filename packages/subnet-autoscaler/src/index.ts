export { type AutoscalerSettings, type Reclaim } from "./construct/autoscaler-settings";
export { SubnetAutoscaler, type SubnetAutoscalerProps } from "./construct/subnet-autoscaler";
export { SubnetAutoscalerStack, type SubnetAutoscalerStackProps } from "./construct/subnet-autoscaler-stack";
