import { History } from "../../../src/runtime";
import { attachedRecently, attachRate, expectedFromAttached } from "../../../src/runtime/observe/history";

const at = (minute: number): number => minute * 60_000;

test("the rate is the net growth, including a burst in the last minutes", () => {
  const history = new History();
  expect(history.rate("a")).toBeUndefined();
  for (let minute = 0; minute <= 25; minute++) history.record("a", at(minute), 100);
  expect(history.rate("a")).toBe(0);
  for (let minute = 26; minute <= 30; minute++) history.record("a", at(minute), 100 + 10 * (minute - 25));
  expect(history.rate("a")).toBe(10);
  history.record("a", at(31), 0);
  expect(history.rate("a")).toBe(0);
});

test("the history restarts if the clock moves backwards", () => {
  const history = new History();
  history.record("a", at(100), 500);
  history.record("a", at(10), 20);
  expect(history.rate("a")).toBeUndefined();
  history.record("a", at(12), 30);
  expect(history.rate("a")).toBe(5);
});

test("a trend is believed for as long as it has lasted, and for the minute until the next run", () => {
  const history = new History();
  expect(history.expected("a", 30)).toBeUndefined();
  for (let minute = 0; minute <= 30; minute++) history.record("a", at(minute), 100);
  expect(history.expected("a", 30)).toBe(0);
  history.record("a", at(31), 110);
  expect(history.expected("a", 30)).toBe(20);
  for (let minute = 32; minute <= 61; minute++) history.record("a", at(minute), 100 + 10 * (minute - 30));
  expect(history.expected("a", 30)).toBe(300);
  expect(history.expected("a", 10)).toBe(100);
});

test("without a history, the recent attachments are the rate, of 15 minutes", () => {
  expect(attachRate(30)).toBe(2);
  expect(expectedFromAttached(30, 30)).toBe(32);
  expect(expectedFromAttached(30, 5)).toBe(10);
  expect(attachedRecently(at(0), at(15))).toBe(true);
  expect(attachedRecently(at(0), at(16))).toBe(false);
  expect(attachedRecently(at(20), at(16))).toBe(true);
  expect(attachedRecently(undefined, at(16))).toBe(false);
});

test("runs in a row that postpone a change are counted", () => {
  const history = new History();
  history.recordPostponed(["delete subnet-1", "create 10.0.0.0/24"]);
  expect([...history.recordPostponed(["delete subnet-1"])]).toEqual([["delete subnet-1", 2]]);
  expect([...history.recordPostponed(["create 10.0.0.0/24"])]).toEqual([["create 10.0.0.0/24", 1]]);
});
