import { CloudMemory, History } from "@cluster-ipam/subnet-autoscaler/runtime";

/** What a warm function keeps between its runs. */
export class WarmProcess {
  readonly memory = new CloudMemory();
  readonly history = new History();
}
