import { chart } from "../../src/simulator/chart";

const values = [0, 10, 20, 30, 30, 30, 7];
const picture = chart({
  title: "Pods < 100 & more",
  description: "Thirty pods at most.",
  panels: [
    { title: "Pods", unit: "pods", height: 100, series: [{ name: "pods running", style: "taken", values }] },
  ],
});

test("a picture tells its title and description to those who do not see it", () => {
  expect(picture).toContain('role="img" aria-labelledby="title description"');
  expect(picture).toContain('<title id="title">Pods &lt; 100 &amp; more</title>');
  expect(picture).toContain('<desc id="description">Thirty pods at most.</desc>');
});

test("a line has a point where it bends, and none between", () => {
  const [, points] = /<polyline class="line taken" points="([^"]+)"/.exec(picture)!;
  // Minutes 0, 3, 5 and 6, from the left edge to the right one.
  expect(points!.split(" ").map((point) => Number(point.split(",")[0]))).toEqual([84, 510, 794, 936]);
});

test("the axes have round numbers, times and their units", () => {
  const ticks = [...picture.matchAll(/<text class="tick"[^>]*>([^<]+)</g)].map(([, text]) => text);
  expect(ticks).toEqual([
    ...["0", "5", "10", "15", "20", "25", "30"],
    ...["00:00", "00:01", "00:02", "00:03", "00:04", "00:05", "00:06"],
    "hours and minutes since the start",
    "pods",
  ]);
});
