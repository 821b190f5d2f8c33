import { readdirSync } from "node:fs";
import tseslint from "typescript-eslint";

const scope = "@cluster-ipam";

const apps = readdirSync(new URL("apps", import.meta.url));
const clusters = ["eks-cni", "gke", "subnet-autoscaler"];

// Who may import whom (docs/adr/0001-walls.md). Everything that is not listed is an error.
const walls = {
  "packages/address-plan": [],
  "packages/blueprint-core": ["address-plan"],
  "packages/terraform-provider": [],
  "packages/cloud-model": ["address-plan"],
  "packages/sandbox": ["address-plan", "terraform-provider", "cloud-model"],
  "packages/plan-report": ["address-plan"],
  "packages/ipam": ["address-plan", "blueprint-core"],
  "packages/eks-cni": ["address-plan", "blueprint-core", "ipam"],
  "packages/gke": ["address-plan", "blueprint-core", "ipam"],
  "packages/subnet-autoscaler": ["address-plan", "blueprint-core", "ipam", "eks-cni"],
  "packages/subnet-autoscaler/src/runtime": ["address-plan"],
  "packages/new-environment": ["address-plan"],
  ".github/automation": ["plan-report"],
  ...Object.fromEntries(
    apps.map((app) => [
      `apps/${app}`,
      ["address-plan", "blueprint-core", "ipam", ...(app === "network" ? [] : clusters)],
    ]),
  ),
};
const packages = [
  "address-plan",
  "blueprint-core",
  "terraform-provider",
  "cloud-model",
  "sandbox",
  "plan-report",
  "ipam",
  "eks-cni",
  "gke",
  "subnet-autoscaler",
  "new-environment",
];
// What the Lambda bundles stays small and free of constructs, like the address plan.
const free = {
  "packages/address-plan": "address-plan",
  "packages/subnet-autoscaler/src/runtime": "The Lambda",
};

const barrels = {
  regex: "^@cdktf/provider-[a-z]+$",
  message:
    "Import the resource, not the provider: @cdktf/provider-aws/lib/vpc. The barrel costs 2 s and 500 MB.",
};

const wall = (folder, allowed) => ({
  files: [`${folder}/**/*.ts`],
  rules: {
    "@typescript-eslint/no-restricted-imports": [
      "error",
      {
        patterns: [
          barrels,
          ...(folder in free
            ? [
                {
                  regex: "^(cdktf|constructs|@cdktf/)",
                  message: `${free[folder]} is free of constructs: it imports no cdktf.`,
                },
              ]
            : []),
          ...packages
            .filter((name) => !allowed.includes(name) && !folder.endsWith(`/${name}`))
            .map((name) => ({
              regex: `^${scope}/${name}(/|$)`,
              message: `${folder} may import ${allowed.join(", ") || "no other package"}; see eslint.config.mjs.`,
            })),
          { regex: `^${scope}/(${apps.join("|")})-app(/|$)`, message: "Nobody imports an app." },
          {
            regex: `^${scope}/[a-z-]+/(?!(aws|aws/ec2|aws/eks|cloud|endpoint|google|lookup|prefix|runtime)$)`,
            message:
              "Import a package by its name, or a part of it (/aws, /cloud, /google, /lookup, /prefix, /runtime), not its insides.",
          },
          { regex: "^(\\.\\./)+(packages|apps)/", message: "Import another package by its name." },
        ],
      },
    ],
  },
});

export default tseslint.config(
  {
    ignores: [
      "**/dist/",
      "**/.tsbuild/",
      "**/cdktf.out/",
      "**/plan.out/",
      "**/node_modules/",
      ".nx/",
      "**/coverage/",
    ],
  },
  ...tseslint.configs.recommended,
  {
    rules: {
      "@typescript-eslint/no-restricted-imports": ["error", { patterns: [barrels] }],
      "@typescript-eslint/consistent-type-imports": ["error", { fixStyle: "inline-type-imports" }],
      "@typescript-eslint/no-unused-vars": ["error", { argsIgnorePattern: "^_", varsIgnorePattern: "^_" }],
      "max-lines": ["error", { max: 400, skipBlankLines: true, skipComments: true }],
      eqeqeq: "error",
    },
  },
  { files: ["**/*.js", "**/*.cjs"], rules: { "@typescript-eslint/no-require-imports": "off" } },
  ...Object.entries(walls).map(([folder, allowed]) => wall(folder, allowed)),
);
