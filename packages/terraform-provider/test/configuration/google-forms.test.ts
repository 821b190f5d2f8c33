import { durationOf } from "../../src/configuration/forms/duration";
import { googleForms } from "../../src/configuration/forms/google-forms";

const accepts = (form: string, value: string | number): boolean => googleForms[form]!(value) === undefined;

it.each([
  ["compute-name", "prod-1", "Prod_1"],
  ["compute-name", "a", "1a"],
  ["rfc1035-name", "a-1", "a-"],
  ["time-of-day", "03:00", "3:00"],
  ["time-of-day", "23:59", "24:00"],
  ["private-asn", 64_512, 64_511],
  ["private-asn", 16_550, 16_551],
  ["private-asn", 4_294_967_294, 4_294_967_295],
  ["google-service", "compute.googleapis.com", "compute"],
  ["google-service", "a.b", "bigquery-json.googleapis.com"],
  ["iam-member", "user:a@example.com", "bob"],
  ["iam-member", "allUsers", "deleted:user:a@example.com?uid=1"],
  ["go-duration", "1h30m", "soon"],
  ["go-duration", "-1s", "1 s"],
  ["non-negative-duration", "0s", "-1s"],
  ["project-id", "projects/acme-prod", "Acme_prod"],
  ["service-endpoint", "https://compute.example/v1/", "https://compute.example/v1"],
  ["credentials", '{"type":"service_account"}', "no-such-file.json"],
  ["service-account-email", "a@b.iam.gserviceaccount.com", "a@example.com"],
])("%s accepts %s and refuses %s", (form, good, bad) => {
  expect([accepts(form, good), accepts(form, bad)]).toEqual([true, false]);
});

it.each([
  ["1h30m", 5400e9],
  ["1.5s", 1.5e9],
  ["-2ms", -2e6],
  ["0", 0],
  ["5", undefined],
  ["", undefined],
])("reads the duration %p as %p nanoseconds", (text, nanoseconds) => {
  expect(durationOf(text)).toBe(nanoseconds);
});
