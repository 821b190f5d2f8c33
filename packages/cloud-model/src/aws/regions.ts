// Zone letters of the Regions whose zones are not a, b, c. Real accounts may have fewer zones.
const lettersByRegion: { readonly [region: string]: string } = {
  "us-east-1": "abcdef",
  "us-west-2": "abcd",
  "us-west-1": "ac",
  "ca-central-1": "abd",
  "ap-northeast-1": "acd",
  "ap-northeast-2": "abcd",
};

const directions: { readonly [word: string]: string } = {
  north: "n",
  south: "s",
  east: "e",
  west: "w",
  central: "c",
  northeast: "ne",
  northwest: "nw",
  southeast: "se",
  southwest: "sw",
};

/** An Availability Zone's name and id. */
export interface Zone {
  readonly name: string;
  readonly id: string;
}

/** The Availability Zones of a Region, without Local and Wavelength Zones. */
export function zonesOf(region: string): readonly Zone[] {
  const [caller = "", ...rest] = region.split("-");
  const number = rest.pop() ?? "";
  const code = `${caller}${rest.map((word) => directions[word] ?? word.slice(0, 3)).join("")}${number}`;
  return [...(lettersByRegion[region] ?? "abc")].map((letter, index) => ({
    name: `${region}${letter}`,
    id: `${code}-az${index + 1}`,
  }));
}
