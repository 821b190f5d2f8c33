import { join } from "node:path";
import { answer } from "./measured-run";

/** What one process of the autoscaler's function took. */
export interface AutoscalerRun {
  /** From the start of the process to the first call of the handler, in seconds. */
  readonly coldStart: number;
  /** The first run, in seconds. */
  readonly seconds: number;
}

type Handler = (event: object, context: object) => Promise<{ readonly decisions: number }>;

const bundle = join(__dirname, "../../../packages/subnet-autoscaler/dist/lambda/index.mjs");

/** Loads the bundle and calls its handler, as Lambda does. */
async function measure(): Promise<AutoscalerRun> {
  const { handler } = (await import(bundle)) as { handler: Handler };
  const started = performance.now();
  await handler({}, { getRemainingTimeInMillis: () => 60_000 });
  return { coldStart: started / 1000, seconds: (performance.now() - started) / 1000 };
}

void measure().then(answer);
