import { execFile } from "node:child_process";
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { promisify, stripVTControlCharacters } from "node:util";
import { startSandbox } from "@cluster-ipam/sandbox";
import { parseDocument } from "yaml";
import { Checkout } from "../checkout";
import { describedCluster, describedNodeGroup } from "./eks-answers";
import { ForeignAws } from "./foreign-aws";

jest.setTimeout(900_000);

const dev = { account: "222222222222", region: "eu-west-1" };
/** Accounts of others: a Region of one has five VPCs at most. */
const TEAMS = ["700000000001", "700000000002", "700000000003", "700000000004"];
const zones = ["eu-west-1a", "eu-west-1b"] as const;

let checkout: Checkout;
beforeEach(async () => (checkout = await Checkout.make()));
afterEach(() => checkout.remove());

/** Runs a command of the checkout, in the cloud that Terraform finds there. @returns what it prints */
async function run(folder: string, ...command: readonly string[]): Promise<string> {
  const { FORCE_COLOR: _colour, ...inherited } = process.env;
  const env = {
    ...inherited,
    NO_COLOR: "1",
    CI: "true",
    CHECKPOINT_DISABLE: "1",
    AWS_CONFIG_FILE: checkout.path("aws-profiles"),
  };
  const options = { cwd: checkout.path(folder), env, maxBuffer: 2 ** 26 };
  const { stdout, stderr } = await promisify(execFile)("npx", command, options).catch(
    (error: Error & { stdout: string; stderr: string }) => {
      throw new Error(`${command.join(" ")}:\n${error.stdout}${error.stderr}`);
    },
  );
  return stripVTControlCharacters(stdout + stderr);
}

const deploy = (app: string, stack: string) =>
  run(
    `apps/${app}`,
    "sandbox",
    "--",
    "npx",
    "cdktf",
    "deploy",
    stack,
    "--auto-approve",
    "--skip-provider-lock",
  );

/** What Terraform planned. The CLI of cdktf drops the last lines of an apply now and then, but not the plan. */
function planned(output: string): string {
  const [, changes] = /Plan: ([^.]*)\./.exec(output) ?? [];
  return changes ?? (output.includes("No changes.") ? "nothing" : output);
}

/** A cluster with custom networking among 22 networks of people who knew nothing of each other. */
async function foreignNetworks(): Promise<void> {
  const sandbox = await startSandbox({ folders: [], state: checkout.path(".sandbox") });
  try {
    const aws = ForeignAws.at(sandbox.env["AWS_ENDPOINT_URL_EC2"]!);
    const each = (cidr: (index: number) => string, name: string) =>
      zones.map((zone, index) => ({ cidr: cidr(index), zone, name: `${name}-${zone}` }));
    const legacy = await aws.vpc(
      dev,
      "legacy",
      ["10.37.0.0/20", "100.126.0.0/16"],
      [
        ...each((index) => `10.37.${index}.0/24`, "public"),
        ...each((index) => `10.37.${4 + index}.0/23`.replace(".5.", ".6."), "private"),
        { cidr: "10.37.12.0/26", zone: zones[0], name: "database" },
        ...each((index) => `100.126.${128 * index}.0/17`, "pods"),
      ],
      { environment: "dev", team: "shop", "kubernetes.io/cluster/legacy": "owned" },
    );
    for (let index = 0; index < 20; index++) {
      const team = { ...dev, account: TEAMS[index % TEAMS.length]! };
      // Every third one has addresses that another one has too.
      await aws.vpc(team, `team-${index}`, [`10.${40 + (index % 3 === 0 ? 0 : index)}.0.0/16`], []);
    }
    await aws.vpc(
      dev,
      "default",
      ["172.31.0.0/16"],
      each((index) => `172.31.${16 * index}.0/20`, "default"),
    );
    const nodes = zones.map((zone) => legacy.subnets[`private-${zone}`]!);
    const profile = (name: string, account: string) =>
      `[profile ${name}]\naws_access_key_id = ${account}\naws_secret_access_key = sandbox\n`;
    const profiles = [
      profile("dev", dev.account),
      ...TEAMS.map((account) => profile(`team-${account}`, account)),
    ];
    writeFileSync(checkout.path("aws-profiles"), profiles.join("\n"));
    mkdirSync(checkout.path("exports"));
    const save = (name: string, answer: object) =>
      writeFileSync(checkout.path("exports", name), JSON.stringify(answer));
    save("cluster.json", describedCluster(dev, "legacy", legacy.id, nodes));
    save("nodegroup.json", describedNodeGroup(dev, "legacy", nodes, 20));
  } finally {
    await sandbox.stop();
  }
}

test("a cluster is taken over, deployed without a change to what exists, and grown", async () => {
  await foreignNetworks();
  const profiles = ["dev", ...TEAMS.map((account) => `team-${account}`)];
  const adopt = () =>
    run(
      ".",
      ...["sandbox", "--", "npx", "addresses", "adopt", "--aws", ...profiles, "--region", dev.region],
      ...["--from", "exports", "--manage", "legacy", "--write"],
    );
  const first = await adopt();
  expect(first).toContain("legacy: vpc-");
  expect(first).toMatch(/10\.40\.0\.0\/16: 65536 addresses are in 7 networks/);
  expect(await adopt()).toContain("Nothing to change.");
  await run(".", "addresses", "--check");

  const main = checkout.path("apps/dev/src/main.ts");
  writeFileSync(
    main,
    readFileSync(main, "utf8")
      .replace("  app.synth();", "  composeAdopted(app, addresses);\n  app.synth();")
      .replace(
        "composeDev(app, AddressPlan.load(), environment);",
        "const addresses = AddressPlan.load();\n  composeDev(app, addresses, environment);",
      )
      .replace("import { composeDev }", 'import { composeAdopted } from "./adopted";\nimport { composeDev }'),
  );
  await deploy("network", "address-space");
  const imported = await deploy("dev", "legacy-network");
  // The VPC, a secondary CIDR and six subnets; a reservation in IPAM for each CIDR.
  expect(planned(imported)).toBe("8 to import, 2 to add, 7 to change, 0 to destroy");
  const changed = [...imported.matchAll(/ ~ ([a-z_]+) += /g)].map(([, argument]) => argument);
  expect([...new Set(changed)].sort()).toEqual(["tags", "tags_all"]);
  // Tags of others stay: the cloud's controllers depend on some.
  expect(imported).not.toMatch(/ - "[^"]+" += /);
  expect(planned(await deploy("dev", "legacy-network"))).toBe("nothing");

  const path = checkout.path("addresses.yaml");
  const plan = parseDocument(readFileSync(path, "utf8"));
  plan.setIn(["clusters", "legacy", "nodes"], 1_200);
  writeFileSync(path, plan.toString());
  await run(".", "addresses");
  expect(planned(await deploy("dev", "legacy-network"))).toMatch(
    /^[1-9]\d* to add, 0 to change, 0 to destroy$/,
  );
  expect(planned(await deploy("dev", "legacy-network"))).toBe("nothing");
});
