import { deviations, openCases, writeOpenCases } from "./conformance";
import { RELEASES, type RecordedProvider, recordedCases } from "./recorded-case";

test.each(Object.keys(RELEASES) as RecordedProvider[])(
  "all recorded cases of %s plan as the real provider, but for those listed as open",
  async (provider) => {
    const found = await deviations(provider, recordedCases(provider));
    if (process.env["UPDATE_CONFORMANCE"]) writeOpenCases(provider, found);
    const open = openCases(provider);
    expect(found.filter(({ id }) => !open.has(id))).toEqual([]);
    // What has become equal leaves the list.
    const ids = new Set(found.map(({ id }) => id));
    expect([...open].filter((id) => !ids.has(id))).toEqual([]);
  },
  600_000,
);
