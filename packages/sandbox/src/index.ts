export { inventory, resourceCounts } from "./inventory/inventory";
export { type BlockUse, type AllocatedBlock } from "./inventory/allocated-block";
export { optimizeLate } from "./late-optimization";
export { type Sandbox, type SandboxProps, startSandbox, withSandbox } from "./sandbox";
