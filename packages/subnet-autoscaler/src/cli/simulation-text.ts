import { clockTime, figuresOf, type Sample, type SimulationResult } from "../simulator";
import { table, wrap } from "./terminal-text";

/** The most rows of the table. */
const ROWS = 24;

const number = (value: number): string => Math.round(value).toLocaleString("en-US");

/** Output of `simulate`: what the parts of a trace do to the cluster, in at most 80 columns. */
export function simulationText({ cluster, samples, changes }: SimulationResult): readonly string[] {
  const figures = figuresOf(samples);
  const span = Math.ceil(samples.length / ROWS);
  const parts = Array.from({ length: Math.ceil(samples.length / span) }, (_, index) =>
    samples.slice(index * span, (index + 1) * span),
  );
  const changesIn = (part: readonly Sample[]): number =>
    changes.filter(({ minute }) => minute >= part[0]!.minute && minute <= part.at(-1)!.minute).length;
  return [
    ...table([
      ["FROM", "PODS", "PENDING", "NODES", "ADDRESSES", "IN SUBNETS", "PER POD", "CHANGES"],
      ...parts.map((part) => [...partCells(part), number(changesIn(part))]),
    ]),
    "",
    ...wrap(
      `${cluster}: ${figures.meanPerPod.toFixed(1)} addresses per pod on average, ${number(figures.mostAddresses)} at most; ${number(figures.pendingMinutes)} pod-minutes without an address; ${number(changes.length)} changes by the autoscaler.`,
    ),
    ...(figures.mostWithoutNode > 0
      ? wrap(
          `Up to ${number(figures.mostWithoutNode)} pods had no node, because the node subnets were full: raise nodes of ${cluster} in addresses.yaml.`,
        )
      : []),
  ];
}

/** The most of each figure in a part. */
function partCells(part: readonly Sample[]): readonly string[] {
  const most = (of: (sample: Sample) => number): number => Math.max(...part.map(of));
  return [
    clockTime(part[0]!.minute),
    number(most(({ asked }) => asked)),
    number(most(({ pending }) => pending)),
    number(most(({ nodes }) => nodes)),
    number(most(({ addresses }) => addresses)),
    number(most(({ inSubnets }) => inSubnets)),
    figuresOf(part).meanPerPod.toFixed(1),
  ];
}
