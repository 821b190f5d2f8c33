import { type Metric } from "../runtime/report/metrics";
import { type EVENT_SOURCE as RuntimeEventSource } from "../runtime/report/reporter";

export { type Metric };

/** CloudWatch namespace of the runtime's metrics. */
export const METRIC_NAMESPACE = "ClusterIpam/SubnetAutoscaler";

/** Source of the runtime's events on the event bus. It is repeated here because synth does not load the runtime. */
export const EVENT_SOURCE: typeof RuntimeEventSource = "cluster-ipam.subnet-autoscaler";
