import { Construct } from "constructs";
import { ConfigMapV1 } from "@cdktf/provider-kubernetes/lib/config-map-v1";

/** Props of an {@link IpMasqAgent}. */
export interface IpMasqAgentProps {
  /** Ranges in which pods keep their own address: the plan's private ranges, including ranges that do not exist yet. */
  readonly privateRanges: readonly string[];
}

/**
 * The configuration of ip-masq-agent: traffic to the plan's private ranges keeps the pod's address, other traffic uses
 * the node's. The agent reloads it every minute.
 */
export class IpMasqAgent extends Construct {
  constructor(scope: Construct, id: string, props: IpMasqAgentProps) {
    super(scope, id);
    new ConfigMapV1(this, "config", {
      metadata: { name: "ip-masq-agent", namespace: "kube-system" },
      data: {
        // The agent reads YAML, a superset of JSON. One line renders the same in HCL and in JSON.
        config: JSON.stringify({
          nonMasqueradeCIDRs: props.privateRanges,
          masqLinkLocal: false,
          resyncInterval: "60s",
        }),
      },
    });
  }
}
