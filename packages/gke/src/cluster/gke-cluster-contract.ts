/** How people and pipelines reach the control plane. */
export type ControlPlaneEndpoint = "private" | "dns";

/** A cluster as the stacks inside it see it: plain data without tokens. */
export interface GkeClusterContract {
  readonly name: string;
  /**
   * Id of the cluster's stack. In the same app, it is deployed before what is inside the cluster.
   * @default another app's
   */
  readonly stack?: string;
  readonly project: string;
  readonly region: string;
  readonly endpoint: ControlPlaneEndpoint;
  readonly autopilot: boolean;
  /** Ranges in which pods keep their own address. */
  readonly privateRanges: readonly string[];
}
