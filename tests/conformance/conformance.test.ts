import { conformance, openCases } from "./conformance";
import { documentedCounts } from "./documented-counts";
import { RELEASES, type RecordedProvider, recordedCases, stratifiedSample } from "./recorded-case";

/** One case in so many: `npm run test:long` plans all. */
const EVERY = 20;

describe.each(Object.keys(RELEASES) as RecordedProvider[])("%s", (provider) => {
  it("plans a sample as the real provider", async () => {
    const open = openCases(provider);
    const sample = stratifiedSample(recordedCases(provider), EVERY).filter(({ id }) => !open.has(id));
    expect(sample.length).toBeGreaterThan(50);
    const { deviations } = await conformance(provider, sample);
    expect(deviations).toEqual([]);
  });

  it("has its counts in docs/limits.md", () => {
    const { cases, equal, reviewed, open } = documentedCounts(provider);
    expect([cases, open]).toEqual([recordedCases(provider).length, openCases(provider).size]);
    expect(equal + reviewed + open).toBe(cases);
  });
});
