import { join } from "node:path";
import { answer } from "./measured-run";

/** What an invocation took, in milliseconds. */
export interface InvocationCost {
  readonly wall: number;
  readonly cpu: number;
}

/** What one process of the autoscaler's function took. */
export interface AutoscalerRun {
  /** From the start of the process to the first call of the handler, in milliseconds. */
  readonly start: InvocationCost;
  /** The first run, which reads everything. */
  readonly cold: InvocationCost;
  /** The later runs, a minute apart, in which nothing has changed. */
  readonly quiet: readonly InvocationCost[];
}

type Handler = (event: object, context: object) => Promise<{ readonly decisions: number }>;

const bundle = join(__dirname, "../../../packages/subnet-autoscaler/dist/lambda/index.mjs");
const MINUTE = 60_000;
/** The large network's interfaces must not count as attached recently. */
const LATER = 30 * MINUTE;
/** Fewer than the runs after which everything is read again. */
const QUIET_RUNS = 4;

async function costOf(work: () => Promise<unknown>): Promise<InvocationCost> {
  const cpu = process.cpuUsage();
  const started = performance.now();
  await work();
  const wall = performance.now() - started;
  const { user, system } = process.cpuUsage(cpu);
  return { wall, cpu: (user + system) / 1000 };
}

/** Loads the bundle and calls its handler once a minute of its clock, as Lambda does. */
async function measure(): Promise<AutoscalerRun> {
  let handler: Handler;
  const loading = await costOf(async () => ({ handler } = (await import(bundle)) as { handler: Handler }));
  const start = { wall: performance.now(), cpu: loading.cpu };
  const now = Date.now;
  const invoke = (minute: number) => {
    Date.now = () => now() + LATER + minute * MINUTE;
    return costOf(() => handler({}, { getRemainingTimeInMillis: () => MINUTE }));
  };
  const cold = await invoke(0);
  const quiet: InvocationCost[] = [];
  for (let minute = 1; minute <= QUIET_RUNS; minute++) quiet.push(await invoke(minute));
  return { start, cold, quiet };
}

void measure().then(answer);
