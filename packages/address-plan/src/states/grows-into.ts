import { type StackState } from "./stack-state";

/**
 * The function of a subnet autoscaler that creates subnets in a growth CIDR. One that drains the CIDR creates none.
 *
 * @param state of the autoscaler's stack
 * @param cidr a growth CIDR of the cluster
 * @returns address of the function in the state; undefined if there is none
 */
export function growsInto(state: StackState, cidr: string): string | undefined {
  return state.resources.find(
    ({ mode, type, instances }) =>
      mode === "managed" &&
      type === "aws_lambda_function" &&
      instances.some((attributes) => growthCidrs(attributes["environment"]).includes(`"${cidr}"`)),
  )?.address;
}

/** The function's configuration, `growthPools`, is JSON in an environment variable: `"cidrs":["100.64.0.0/18"]`. */
function growthCidrs(environment: unknown): string {
  const [{ variables } = { variables: {} }] = (environment ?? []) as readonly {
    readonly variables: Readonly<Record<string, string>>;
  }[];
  return Object.values(variables ?? {})
    .flatMap((text) => [...text.matchAll(/"cidrs":\[([^\]]*)\]/g)].map(([, cidrs]) => cidrs))
    .join();
}
