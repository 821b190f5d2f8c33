import { deviations, openCases } from "./conformance";
import { RELEASES, type RecordedProvider, recordedCases, stratifiedSample } from "./recorded-case";

/** One case in so many: all are planned by `npm run test:long`. */
const EVERY = 20;

test.each(Object.keys(RELEASES) as RecordedProvider[])(
  "a sample of %s plans as the real provider",
  async (provider) => {
    const open = openCases(provider);
    const sample = stratifiedSample(recordedCases(provider), EVERY).filter(({ id }) => !open.has(id));
    expect(sample.length).toBeGreaterThan(50);
    expect(await deviations(provider, sample)).toEqual([]);
  },
);
