import { chart } from "./chart";
import { figuresOf, type SimulationResult } from "./simulate";

const number = (value: number): string => Math.round(value).toLocaleString("en-US");

/** The picture of a simulation as SVG: addresses taken, pods asked for and running, and pods without an address. */
export function simulationPicture({ cluster, samples, changes }: SimulationResult): string {
  const { meanPerPod, mostAddresses, pendingMinutes, mostPending } = figuresOf(samples);
  const most = samples.reduce((max, { asked }) => Math.max(max, asked), 0);
  return chart({
    title: `${cluster} with its subnet autoscaler`,
    description: [
      `In ${number(samples.length - 1)} minutes the trace asks for at most ${number(most)} pods.`,
      `The cluster takes at most ${number(mostAddresses)} addresses, ${meanPerPod.toFixed(1)} per running pod on average.`,
      pendingMinutes === 0
        ? "No pod waits for an address."
        : `At most ${number(mostPending)} pods wait for an address, ${number(pendingMinutes)} pod-minutes in all.`,
      `The autoscaler makes ${number(changes.length)} changes.`,
    ].join(" "),
    panels: [
      {
        title: "Addresses and pods",
        unit: "addresses, pods",
        height: 260,
        series: [
          { name: "addresses taken", style: "taken", values: samples.map(({ addresses }) => addresses) },
          { name: "of these in subnets", style: "other", values: samples.map(({ inSubnets }) => inSubnets) },
          { name: "pods running", style: "running", values: samples.map(({ running }) => running) },
          { name: "pods asked for", style: "asked", values: samples.map(({ asked }) => asked) },
        ],
      },
      {
        title: "Pods without an address",
        unit: "pods",
        height: 110,
        series: [{ name: "pods pending", style: "pending", values: samples.map(({ pending }) => pending) }],
      },
    ],
  });
}
