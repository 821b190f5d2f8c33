import { ipv4Text } from "../../../read/ipv4-range";
import { thousands } from "../../number";
import { type GonePlace, rangeOf } from "../map-document";
import { type Block, innermost, pathTo, rangeText, surroundings } from "./block";
import { element } from "./element";
import { AddressScale, layoutScale, type Placement } from "./scale-layout";
import { fragmentOf, fragmentOfRange, type Target } from "./target";
import { marksOf } from "./marks";
import { sentence, SIGNS, signsOf } from "./words";

/** Width of the axis, in pixels. */
const AXIS_WIDTH = 92;

/** Most levels beside each other. */
const MAX_COLUMNS = 4;

/** Height from which a text fits into a block, in pixels; for two lines. */
const ONE_LINE = 12;
const TWO_LINES = 30;

/** Least width of a column, in pixels. */
const COLUMN_WIDTH = 96;

/** Width of the lane beside the blocks in which arrows lead from old places to new ones, in pixels. */
const ARROW_LANE = 34;

/** The parts of the page that the scale draws in. */
export interface ScaleElements {
  readonly scale: HTMLElement;
  readonly trail: HTMLElement;
  /** The address under the pointer. */
  readonly pointer: HTMLElement;
}

/**
 * The blocks true to scale: addresses from top to bottom, levels from left to right. It shows to the eye what the outline
 * says to everyone, so it is hidden from screen readers, and takes no keyboard focus.
 */
export class ScaleView {
  private target: Target;
  private fitting = 33;

  constructor(
    private readonly root: Block,
    private readonly gone: readonly GonePlace[],
    private readonly elements: ScaleElements,
    follow: (fragment: string) => void,
  ) {
    const space = root.children?.[0] as Block;
    this.target = { block: space, view: space.data };
    elements.scale.addEventListener("pointermove", (event) => this.point(event));
    elements.scale.addEventListener("pointerleave", () => elements.pointer.replaceChildren());
    elements.scale.addEventListener("click", ({ target }) => {
      const link = target instanceof Element ? target.closest<HTMLElement>("[data-link]") : null;
      if (link?.dataset["link"] !== undefined) follow(link.dataset["link"]);
    });
    new ResizeObserver(() => this.draw()).observe(elements.scale);
    this.draw();
  }

  /** Looks at a range of addresses, with a block marked. */
  show(target: Target): void {
    this.target = target;
    this.draw();
  }

  /** Marks the free space in which a block fits. @param netmaskLength 33 for none */
  markFitting(netmaskLength: number): void {
    this.fitting = netmaskLength;
    this.draw();
  }

  /** The closer look that a step back leads to; undefined for a whole space. */
  outer(): string | undefined {
    const { view } = this.target;
    const around = surroundings(this.root, view);
    if (around.data.first !== view.first || around.data.last !== view.last) return fragmentOf(around);
    return around.depth > 1 && around.parent !== null ? fragmentOf(around.parent) : undefined;
  }

  private draw(): void {
    const { view } = this.target;
    const { scale, trail } = this.elements;
    const height = scale.clientHeight;
    if (height === 0) return;
    const axis = new AddressScale(view, height);
    const outer = surroundings(this.root, view);
    const room = Math.floor((scale.clientWidth - AXIS_WIDTH) / COLUMN_WIDTH);
    const placements = layoutScale(outer, axis, Math.max(1, Math.min(MAX_COLUMNS, room)));
    const columns = 1 + Math.max(0, ...placements.map(({ column }) => column));
    scale.style.setProperty("--axis", `${AXIS_WIDTH}px`);
    scale.style.setProperty("--columns", String(columns));
    const moves = this.moves(axis);
    scale.classList.toggle("moving", moves.length > 0);
    scale.replaceChildren(
      ...axis
        .ticks()
        .map(({ address, top }) => placed(element("span", { class: "tick" }, ipv4Text(address)), top)),
      ...placements.map((placement) => this.block(placement)),
      ...moves,
    );
    trail.replaceChildren(...this.crumbs(outer));
  }

  private block(placement: Placement): HTMLElement {
    const { blocks, top, height, column } = placement;
    const [block, last] = [blocks[0] as Block, blocks.at(-1) as Block];
    const range = { first: block.data.first, last: last.data.last };
    const isOne = blocks.length === 1;
    const name = isOne ? block.data.name : `${thousands(blocks.length)} blocks`;
    const marks = isOne && block.data.mark === undefined ? [] : marksOf(blocks);
    const signs = isOne ? marks.map(([mark]) => SIGNS[mark]).join("") : signsOf(marks);
    const fits = block.data.kind === "free" && fitsInto(block, this.fitting);
    const drawn = element(
      "div",
      {
        class: "block",
        title: isOne
          ? sentence(block)
          : `${name}, ${rangeText(range)}: ${block.data.name} to ${last.data.name}`,
        "data-link": isOne ? fragmentOf(block) : fragmentOfRange(range),
        "data-kind": block.data.kind,
        "data-mark": marks[0]?.[0],
        "data-state": isOne ? block.data.state : undefined,
        "data-bundle": !isOne,
        "data-fits": fits,
        "data-selected": blocks.includes(this.target.block),
      },
      height < ONE_LINE ? undefined : element("b", {}, `${signs} ${name}`.trim()),
      height < TWO_LINES ? undefined : element("span", {}, isOne ? block.data.label : rangeText(range)),
    );
    drawn.style.setProperty("--column", String(column));
    drawn.style.height = `${Math.max(1, height - 1)}px`;
    return placed(drawn, top);
  }

  /** The places that blocks leave, and arrows to where they go. */
  private moves(axis: AddressScale): (HTMLElement | SVGElement)[] {
    return this.gone.flatMap((gone) => {
      const from = axis.placeOf(rangeOf(gone));
      if (from === undefined) return [];
      const ghost = element("div", {
        class: "ghost",
        title: `${gone.name} was at ${gone.cidr}`,
        "data-mark": gone.mark,
        "data-link": `#${gone.mark === "moved" ? gone.key : gone.cidr}`,
      });
      ghost.style.height = `${Math.max(4, from.height)}px`;
      const moved = this.root.find(({ data }) => data.key === gone.key);
      const to = gone.mark === "moved" && moved !== undefined ? axis.placeOf(moved.data) : undefined;
      const drawn: (HTMLElement | SVGElement)[] = [placed(ghost, from.top)];
      if (to !== undefined)
        drawn.push(arrow(from.top + from.height / 2, to.top + to.height / 2, axis.height));
      return drawn;
    });
  }

  private crumbs(outer: Block): HTMLElement[] {
    const { view } = this.target;
    const path = pathTo(outer);
    const isPart = outer.data.first !== view.first || outer.data.last !== view.last;
    const links = path.map(({ data }, at) =>
      element(
        "a",
        {
          href: `#${data.key}`,
          ...(at === path.length - 1 && !isPart ? { "aria-current": "location" } : {}),
        },
        data.name,
      ),
    );
    return isPart ? [...links, element("span", { "aria-current": "location" }, rangeText(view))] : links;
  }

  private point({ clientY }: PointerEvent): void {
    const { scale, pointer } = this.elements;
    const box = scale.getBoundingClientRect();
    const address = new AddressScale(this.target.view, scale.clientHeight).addressAt(clientY - box.top);
    const block = innermost(this.root, { first: address, last: address });
    pointer.textContent = `${ipv4Text(address)} ${pathTo(block)
      .map(({ data }) => data.name)
      .join(" › ")}`;
  }
}

function placed<Drawn extends HTMLElement>(drawn: Drawn, top: number): Drawn {
  drawn.style.top = `${top}px`;
  return drawn;
}

function fitsInto({ data }: Block, netmaskLength: number): boolean {
  const size = 2 ** (32 - netmaskLength);
  return netmaskLength <= 32 && Math.ceil(data.first / size) * size + size - 1 <= data.last;
}

const SVG = "http://www.w3.org/2000/svg";

/** An arrow in the lane beside the blocks. @param from and to: from the top, in pixels */
function arrow(from: number, to: number, height: number): SVGElement {
  const drawing = document.createElementNS(SVG, "svg");
  drawing.setAttribute("class", "arrow");
  drawing.setAttribute("viewBox", `0 0 ${ARROW_LANE} ${height}`);
  const line = document.createElementNS(SVG, "path");
  const end = 4;
  const bend = ARROW_LANE - 4;
  line.setAttribute(
    "d",
    `M${end} ${from}C${bend} ${from} ${bend} ${to} ${end + 4} ${to}M${end + 10} ${to - 5}L${end} ${to}L${end + 10} ${to + 5}`,
  );
  drawing.append(line);
  return drawing;
}
