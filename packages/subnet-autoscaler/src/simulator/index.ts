export { chart, type ChartProps, clockTime, type Panel, type Series, type SeriesStyle } from "./chart";
export { ec2Client } from "./direct-ec2-client";
export {
  prefixDelegationEks,
  SimulatedAutoscaler,
  type SimulatedAutoscalerProps,
} from "./simulated-autoscaler";
export { SimulatedCluster, type SimulatedClusterProps } from "./simulated-cluster";
export { parseTrace, type PodTrace } from "./pod-trace";
export {
  type Figures,
  figuresOf,
  type Sample,
  simulate,
  type SimulateProps,
  type SimulationResult,
  type TimedChange,
} from "./simulate";
export { simulationPicture } from "./simulation-picture";
export { type Send, type SimulatedNetwork } from "./simulated-network";
export { VirtualClock } from "./virtual-clock";
export { type CniSettings } from "./vpc-cni";
