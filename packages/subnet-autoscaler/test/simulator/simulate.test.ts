import { allocate, AddressPlan, type EksClusterAddresses } from "@cluster-ipam/address-plan";
import { simulationText } from "../../src/cli/simulation-text";
import { parseTrace } from "../../src/simulator/pod-trace";
import { figuresOf, simulate } from "../../src/simulator/simulate";

const ZONES = ["eu-west-1a", "eu-west-1b"];

function addressesOf(growthPercent: number): EksClusterAddresses {
  const definition = {
    organisation: "test",
    spaces: { primary: "10.0.0.0/8", pods: "100.64.0.0/10" },
    regions: { aws: { "eu-west-1": { primary: "/12", pods: "/12" } } },
    environments: { dev: { aws: { primary: "/16", eks: "/18", pods: "/16", eksPods: "/17" } } },
    clusters: {
      "dev-apps": {
        cloud: "aws",
        environment: "dev",
        region: "eu-west-1",
        zones: ZONES,
        instanceType: "m7i.large",
        nodes: 20,
        pods: 400,
        growthPercent,
      },
    },
  } as const;
  return AddressPlan.from(definition, allocate(definition).lock).eks("dev-apps");
}

const traceOf = (...lines: readonly string[]) => parseTrace("trace.csv", lines.join("\n"), ZONES);

test("a burst beyond the plan grows the cluster, and every pod gets an address", async () => {
  const trace = traceOf("time,pods", "0,100", "10,100", "20,800", "40,800");
  const result = await simulate({ addresses: addressesOf(400), trace });
  const last = result.samples.at(-1)!;
  expect(last).toMatchObject({ minute: 40, asked: 800, running: 800, pending: 0, nodes: 40 });
  expect(last.inSubnets).toBeGreaterThan(result.samples[0]!.inSubnets);
  expect(result.changes.some(({ change }) => change.startsWith("create 100.64."))).toBe(true);
});

test("pods that come in one zone only take subnets there only", async () => {
  const trace = traceOf("time,eu-west-1a,eu-west-1b", "0,50,50", "10,50,50", "20,500,50", "30,500,50");
  const addresses = addressesOf(400);
  const { samples, changes } = await simulate({ addresses, trace });
  expect(figuresOf(samples)).toMatchObject({ pendingMinutes: 0 });
  expect(samples.at(-1)).toMatchObject({ running: 550, nodes: 28 });
  expect(changes.filter(({ change }) => change.startsWith("create")).length).toBeGreaterThan(0);
});

test("pods that the plan has no nodes for are told from pods without an address", async () => {
  const trace = traceOf("time,pods", "0,100", "5,3000", "6,3000");
  const result = await simulate({ addresses: addressesOf(400), trace });
  expect(figuresOf(result.samples).mostWithoutNode).toBeGreaterThan(0);
  const text = simulationText(result);
  expect(text.join(" ")).toContain(
    "pods had no node, because the node subnets were full: raise nodes of dev-apps",
  );
  expect(text.every((line) => line.length <= 80)).toBe(true);
});

test("a cluster that cannot grow is refused", async () => {
  const simulation = simulate({ addresses: addressesOf(0), trace: traceOf("time,pods", "0,1", "1,1") });
  await expect(simulation).rejects.toThrow(
    "dev-apps: it has no growth space in the address plan; set growthPercent, or eksGrowth of dev, in addresses.yaml and run npm run addresses",
  );
});
