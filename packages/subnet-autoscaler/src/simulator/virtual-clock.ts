const START = Date.parse("2026-11-24T00:00:00Z");
const MINUTE = 60_000;

/** The clock of a simulated cloud. */
export class VirtualClock {
  /** Minute of the simulation, from 0. */
  minute = 0;
  /** Epoch milliseconds. */
  now = (): number => START + this.minute * MINUTE;
}
