import { counted } from "../../number";
import { type Block, pathTo } from "./block";
import { copyButton } from "./detail";
import { element } from "./element";
import { freePlaces, type FreePlaces } from "./free-places";
import { fragmentOf } from "./target";

/** Most pools shown at once. */
const MAX_POOLS = 100;

/** Where a block of some size fits: the free places of each pool. */
export function fitList(root: Block, netmaskLength: number, copy: (text: string) => void): HTMLElement[] {
  const places = freePlaces(root, netmaskLength);
  if (places.length === 0) return [element("p", {}, `No pool has room for a /${netmaskLength}.`)];
  const rest = places.length - MAX_POOLS;
  return [
    element(
      "ul",
      {},
      ...places.slice(0, MAX_POOLS).map((place) => poolItem(place, copy)),
      rest > 0 ? element("li", { class: "quiet" }, `and ${counted(rest, "more pool")}`) : undefined,
    ),
  ];
}

function poolItem({ pool, count, first }: FreePlaces, copy: (text: string) => void): HTMLElement {
  const path = pathTo(pool).map(({ data }) => data.name);
  return element(
    "li",
    {},
    element("a", { href: fragmentOf(pool) }, path.join(" › ")),
    ` ${counted(count, "place")}: `,
    ...first.flatMap((cidr) => [copyButton(cidr, cidr, copy), " "]),
    count > first.length ? "…" : undefined,
  );
}
