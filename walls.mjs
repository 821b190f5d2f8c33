// Who may import whom (docs/adr/0005-walls-and-circles.md). `npm run lint` proves it. A type counts like a value.
// A circle of files or of folders is an error everywhere and has no entry here.

const constructs = ["ipam", "eks-cni", "gke", "subnet-autoscaler"];

/**
 * What each package, app or folder may import of other packages. `cdktf` means cdktf, constructs and the bindings of
 * the providers. Every entry that contains a file applies to it. `tests` may import everything, apps included.
 */
export const walls = {
  "packages/address-plan": [],
  "packages/blueprint-core": ["cdktf", "address-plan"],
  "packages/ipam": ["cdktf", "address-plan", "blueprint-core"],
  "packages/eks-cni": ["cdktf", "address-plan", "blueprint-core", "ipam"],
  "packages/gke": ["cdktf", "address-plan", "blueprint-core", "ipam"],
  "packages/subnet-autoscaler": ["cdktf", "address-plan", "blueprint-core", "ipam", "eks-cni", "cloud-model"],
  "packages/subnet-autoscaler/src/runtime": ["address-plan"],
  "packages/subnet-autoscaler/src/plan": ["address-plan"],
  "packages/subnet-autoscaler/src/construct": ["cdktf", "address-plan", "blueprint-core", "ipam", "eks-cni"],
  "packages/subnet-autoscaler/src/simulator": ["address-plan", "cloud-model"],
  "packages/subnet-autoscaler/src/cli": ["address-plan"],
  "packages/terraform-provider": [],
  "packages/cloud-model": ["address-plan"],
  "packages/sandbox": ["address-plan", "terraform-provider", "cloud-model"],
  "packages/plan-report": ["address-plan"],
  "packages/retirement": ["address-plan", "plan-report", "subnet-autoscaler"],
  "packages/landscape": ["address-plan"],
  "packages/new-environment": ["address-plan"],
  ".github/automation": ["plan-report", "retirement"],
  "apps/*": ["cdktf", "address-plan", "blueprint-core", ...constructs],
  "apps/network": ["cdktf", "address-plan", "blueprint-core", "ipam"],
};

/**
 * The rooms of a folder, in the order in which they build on each other: a room may import the rooms before it. Rooms in an
 * inner list do not import each other. A file that rooms import, such as an error, is listed like a room. Other files next to
 * the rooms, such as `index.ts`, may import every room and are imported by none.
 */
export const rooms = {
  "packages/address-plan/src": [
    "message",
    ["prefix", "repository"],
    "cloud",
    "demand",
    "capacity",
    "blocks",
    "lock",
    "allocation",
    "stacks",
    "states",
    "aws",
    ["addresses", "cli"],
  ],
  "packages/blueprint-core/src": [
    ["startup", "input"],
    "hcl",
    "app",
    ["aws", "google", "environment", "aspects"],
  ],
  "packages/ipam/src": [["aws", "google"]],
  "packages/eks-cni/src": ["subnets", "network", "cluster", "cni", "nodes", "provisioner", "stacks"],
  "packages/gke/src": [["network", "system"], "cluster", "stacks"],
  "packages/subnet-autoscaler/src": ["runtime", "plan", ["construct", "simulator"], "cli"],
  "packages/subnet-autoscaler/src/runtime": [
    "errors",
    ["cloud", "config"],
    "network",
    "observe",
    "decide",
    "act",
    ["report", "fleet"],
  ],
  "packages/terraform-provider/src": [
    "value",
    "schema",
    ["bindings", "configuration", "plugin"],
    ["overlay", "planning"],
    "catalogue",
    ["bin", "provider"],
  ],
  "packages/cloud-model/src": [
    "service-error.ts",
    "store",
    "quotas.ts",
    "faults.ts",
    "request-context.ts",
    ["aws", "google"],
    "kubernetes",
    "endpoint",
  ],
  "packages/cloud-model/src/aws/cloudwatch": ["documents", "operations"],
  "packages/cloud-model/src/aws/ec2": ["documents", "rules", "operations"],
  "packages/cloud-model/src/aws/eks": ["documents", "rules", "operations"],
  "packages/cloud-model/src/aws/iam": ["documents", "rules", "operations"],
  "packages/cloud-model/src/aws/lambda": ["documents", "operations"],
  "packages/cloud-model/src/aws/ram": ["documents", "operations"],
  "packages/cloud-model/src/google": ["requests", "documents", "rules", "operations"],
  "packages/cloud-model/src/kubernetes": ["documents", "rules", "operations"],
  "packages/cloud-model/src/endpoint": [
    ["calls", "query"],
    ["services", "google"],
  ],
  "packages/cloud-model/src/endpoint/google": [
    ["schemas", "rest"],
    "documents",
    ["compute", "container", "networkconnectivity", "iam"],
  ],
  "packages/sandbox/src": [
    [
      "child-process.ts",
      "late-optimization.ts",
      "socket-folder.ts",
      "state-folder.ts",
      "terraform-version.ts",
      "computed-values",
    ],
    "resource-store",
    ["adapters", "environments", "inventory", "provider-errors"],
    "data-sources",
    "models.ts",
    "modeled-cloud.ts",
    "sandbox.ts",
    "cli",
    "bin",
  ],
  "packages/landscape/src": ["landscape-error.ts", "landscape", "read", "live", "adopt", "reality", "cli"],
  "packages/plan-report/src": ["errors", "terraform", "read", "policy", "review", "render", "run", "cli"],
};
