import fc from "fast-check";

import { renderLock } from "../../packages/address-plan/src/lock/address-lock";
import { runAddresses } from "./addresses-run";
import { type Edit, edits, isPlanEdit } from "./edits";
import { type ObservedDeployment, Organisation, Violation } from "./organisation";
import { TerraformWorld } from "./terraform/terraform-world";

const HISTORIES = Number(process.env["HISTORIES"] ?? 20);
const EDITS = 6;

/** Changes of the plan, with a deployment after every third. */
const history = fc
  .array(
    edits.filter(({ kind, branch }) => isPlanEdit(kind) && !branch),
    { minLength: EDITS, maxLength: EDITS },
  )
  .map((changes) => changes.flatMap((change, index) => (index % 3 === 2 ? [change, DEPLOY] : [change])));
const DEPLOY: Edit = { kind: "deployAll", which: 0, how: 0, branch: false };

/** Resources of a cluster in the plan that a deployment never destroys or replaces. */
const LIVING = /\/(aws_vpc|aws_eks_cluster|google_compute_network|google_container_cluster)\./;

const samples = fc.sample(history, { numRuns: HISTORIES, seed: 7 });

/** The deployments of a history. The last two are of the same plan: what drains is freed after the first one. */
function deploymentsOf(steps: readonly Edit[]): ObservedDeployment[] {
  const deployments: ObservedDeployment[] = [];
  const organisation = new Organisation("small", (deployment) => deployments.push(deployment));
  for (const step of steps) organisation.live(step);
  organisation.live({ ...DEPLOY, kind: "update" });
  organisation.live(DEPLOY);
  return deployments;
}

test.each(samples.map((steps, index) => [index + 1, steps] as const))(
  "history %i goes through Terraform as through the model",
  async (_, steps) => {
    const world = await TerraformWorld.open();
    try {
      for (const { addresses, plan, lock, states, occupied, left } of deploymentsOf(steps)) {
        const destroyed = await world.deploy(addresses, left);
        expect(destroyed.filter((change) => LIVING.test(change))).toEqual([]);
        expect(world.cidrs).toEqual([...new Set(occupied.flatMap(cidrOfCluster))].sort());
        const [modeled, real] = [states, world.statesOf(states)].map((own) => runAddresses(plan, lock, own));
        if (modeled instanceof Error || real instanceof Error)
          throw new Violation("the addresses are refused");
        expect(allocationsOf(real!)).toBe(allocationsOf(modeled!));
      }
    } finally {
      await world.close();
    }
  },
  300_000,
);

function cidrOfCluster({ cluster, prefix }: ObservedDeployment["occupied"][number]): string[] {
  return cluster === undefined ? [] : [prefix.toString()];
}

/** A lock without receipts, which have the lineage of a state. */
function allocationsOf({ lock }: Exclude<ReturnType<typeof runAddresses>, Error>): string {
  return renderLock({ ...lock, freed: [] });
}
