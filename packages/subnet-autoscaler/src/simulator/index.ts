export { ec2Client } from "./direct-ec2-client";
export {
  prefixDelegationEks,
  SimulatedAutoscaler,
  type SimulatedAutoscalerProps,
} from "./simulated-autoscaler";
export { SimulatedCluster, type SimulatedClusterProps } from "./simulated-cluster";
export { type Send, type SimulatedNetwork } from "./simulated-network";
export { VirtualClock } from "./virtual-clock";
export { type CniSettings } from "./vpc-cni";
