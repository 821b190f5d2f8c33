import { conformance, openCases, writeOpenCases } from "./conformance";
import { countsOf, documentCounts, documentedCounts } from "./documented-counts";
import { RELEASES, type RecordedProvider, recordedCases } from "./recorded-case";

test.each(Object.keys(RELEASES) as RecordedProvider[])(
  "all recorded cases of %s plan as the real provider, but for those listed as open",
  async (provider) => {
    const cases = recordedCases(provider);
    const found = await conformance(provider, cases);
    const counts = countsOf(cases.length, found);
    if (process.env["UPDATE_CONFORMANCE"]) {
      writeOpenCases(provider, found.deviations);
      documentCounts(provider, counts);
    }
    const open = openCases(provider);
    expect(found.deviations.filter(({ id }) => !open.has(id))).toEqual([]);
    // What has become equal leaves the list.
    const ids = new Set(found.deviations.map(({ id }) => id));
    expect([...open].filter((id) => !ids.has(id))).toEqual([]);
    expect(documentedCounts(provider)).toEqual(counts);
  },
  600_000,
);
