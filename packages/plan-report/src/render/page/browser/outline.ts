import { addressesOf, type Block, pathTo } from "./block";
import { element } from "./element";
import { type Fullness, fullness, percentFull } from "./fullness";
import { thousands } from "../../number";
import { marksOf } from "./marks";
import { sentence, SIGNS, signsOf, useOf } from "./words";

/** What the outline reports. */
export interface OutlineEvents {
  /** The focus is on another block. */
  select(block: Block): void;
  /** The block is to be shown on the scale. */
  show(block: Block): void;
  /** The CIDR of the block is to be copied. */
  copy(block: Block): void;
}

/** Rows that are unfolded at first, at most: enough to see every environment of a small plan. */
const MAX_UNFOLDED = 24;

/** The blocks as a tree that folds: one line each, drawn when they are first unfolded. */
export class Outline {
  private readonly items = new Map<Block, HTMLElement>();
  private readonly blocks = new WeakMap<Element, Block>();
  private current: Block;

  constructor(
    private readonly root: Block,
    private readonly tree: HTMLElement,
    private readonly events: OutlineEvents,
  ) {
    const spaces = root.children ?? [];
    this.current = spaces[0] as Block;
    tree.append(...this.lines(spaces));
    for (const space of spaces) this.unfold(space);
    this.unfoldWhileSmall();
    this.setCurrent(this.current);
    tree.addEventListener("keydown", (event) => this.onKey(event));
    tree.addEventListener("click", (event) => this.onClick(event));
    tree.addEventListener("focusin", ({ target }) => {
      const block = this.blockOf(target);
      if (block !== undefined) this.setCurrent(block);
    });
  }

  /** Unfolds what is around a block and selects it. @param focus whether the keyboard moves there, too */
  reveal(block: Block, focus: boolean): void {
    for (const outer of pathTo(block).slice(0, -1)) this.unfold(outer);
    this.setCurrent(block);
    const item = this.items.get(block);
    if (focus) item?.focus({ preventScroll: true });
    if (item !== undefined) this.scrollTo(item);
  }

  /** Scrolls the tree, and only the tree, so that an item's line is visible. */
  private scrollTo(item: HTMLElement): void {
    const [line, frame] = [item.firstElementChild ?? item, this.tree].map((each) =>
      each.getBoundingClientRect(),
    ) as [DOMRect, DOMRect];
    if (line.top < frame.top || line.bottom > frame.bottom)
      this.tree.scrollTop += line.top - frame.top - frame.height / 3;
  }

  private lines(siblings: readonly Block[]): HTMLElement[] {
    return siblings.map((block, at) => this.item(block, at + 1, siblings.length));
  }

  private item(block: Block, position: number, siblings: number): HTMLElement {
    const { data, children } = block;
    const item = element(
      "li",
      {
        role: "treeitem",
        tabindex: -1,
        "aria-level": block.depth,
        "aria-setsize": siblings,
        "aria-posinset": position,
        "aria-label": sentence(block),
        "aria-selected": "false",
        ...(children === undefined ? {} : { "aria-expanded": "false" }),
        "data-kind": data.kind,
        "data-mark": data.mark,
        "data-state": data.state,
      },
      line(block),
    );
    this.items.set(block, item);
    this.blocks.set(item, block);
    return item;
  }

  private unfold(block: Block): void {
    const item = this.items.get(block);
    if (item === undefined || block.children === undefined) return;
    item.setAttribute("aria-expanded", "true");
    if (item.querySelector(":scope > ul") !== null) return;
    item.append(element("ul", { role: "group" }, ...this.lines(block.children)));
  }

  private fold(block: Block): void {
    this.items.get(block)?.setAttribute("aria-expanded", "false");
  }

  private isUnfolded = (block: Block) => this.items.get(block)?.getAttribute("aria-expanded") === "true";

  /** Unfolds the pools level by level, as long as everything stays on one screen. */
  private unfoldWhileSmall(): void {
    for (let depth = 2; ; depth++) {
      const pools = this.root
        .descendants()
        .filter((block) => block.depth === depth && block.data.kind === "pool");
      const more = pools.reduce((count, { children = [] }) => count + children.length, 0);
      if (pools.length === 0 || this.items.size + more > MAX_UNFOLDED) return;
      for (const pool of pools) this.unfold(pool);
    }
  }

  private setCurrent(block: Block): void {
    const [old, item] = [this.items.get(this.current), this.items.get(block)];
    old?.setAttribute("tabindex", "-1");
    old?.setAttribute("aria-selected", "false");
    item?.setAttribute("tabindex", "0");
    item?.setAttribute("aria-selected", "true");
    this.current = block;
    this.events.select(block);
  }

  private onClick(event: MouseEvent): void {
    const block = this.blockOf(event.target);
    if (block === undefined || !(event.target instanceof Element)) return;
    const item = this.items.get(block);
    item?.focus({ preventScroll: true });
    if (event.target.closest(".cidr") !== null) return this.events.copy(block);
    if (event.target.closest(".twisty") !== null) return this.toggle(block);
    this.unfold(block);
    this.events.show(block);
  }

  private toggle(block: Block): void {
    if (this.isUnfolded(block)) this.fold(block);
    else this.unfold(block);
  }

  private onKey(event: KeyboardEvent): void {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    if (this.press(event.key)) event.preventDefault();
  }

  /** The keys of the ARIA tree pattern, and `c` to copy. Returns whether the key has a meaning. */
  private press(key: string): boolean {
    const block = this.current;
    const near = (step: number) => {
      const visible = this.visibleBlocks();
      return visible[visible.indexOf(block) + step];
    };
    switch (key) {
      case "ArrowDown":
        return this.go(near(1));
      case "ArrowUp":
        return this.go(near(-1));
      case "ArrowRight":
        if (this.isUnfolded(block)) return this.go(block.children?.[0]);
        this.unfold(block);
        return true;
      case "ArrowLeft":
        if (!this.isUnfolded(block)) return this.go(block.depth > 1 ? block.parent : undefined);
        this.fold(block);
        return true;
      case "Home":
        return this.go(this.root.children?.[0]);
      case "End":
        return this.go(this.visibleBlocks().at(-1));
      case "*":
        for (const sibling of block.parent?.children ?? []) this.unfold(sibling);
        return true;
      case "Enter":
      case " ":
        this.events.show(block);
        return true;
      case "c":
        this.events.copy(block);
        return true;
      default:
        return false;
    }
  }

  private go(block: Block | null | undefined): boolean {
    if (block !== null && block !== undefined) this.reveal(block, true);
    return true;
  }

  private visibleBlocks(from: Block = this.root): Block[] {
    return (from.children ?? []).flatMap((block) => [
      block,
      ...(this.isUnfolded(block) ? this.visibleBlocks(block) : []),
    ]);
  }

  private blockOf(target: EventTarget | null): Block | undefined {
    const item = target instanceof Element ? target.closest("[role=treeitem]") : null;
    return item === null ? undefined : this.blocks.get(item);
  }
}

/** The line of a block. Screen readers read the label of its item instead. */
function line(block: Block): HTMLElement {
  const { data, children } = block;
  const sign =
    data.mark === undefined
      ? undefined
      : element("b", { class: "sign", "data-mark": data.mark }, SIGNS[data.mark]);
  const inside = data.mark === undefined ? signsOf(marksOf(children ?? [])) : "";
  const notes = [
    ...(data.from === undefined ? [] : [`from ${data.from}`]),
    ...(data.state === undefined ? [] : [data.state]),
    ...(data.account === undefined || data.kind === "pool" ? [] : [data.account]),
  ];
  return element(
    "div",
    { class: "line", "aria-hidden": "true" },
    element("span", { class: "twisty" }, children === undefined ? "" : "▸"),
    element("i", { class: "swatch", "data-kind": data.kind, "data-state": data.state }),
    element(
      "span",
      { class: "name" },
      sign,
      data.name,
      inside === "" ? undefined : element("b", { class: "inside", title: "changes inside" }, inside),
      notes.length > 0 ? element("small", {}, notes.join(" · ")) : undefined,
    ),
    element("span", { class: "cidr", title: "Copy" }, data.label),
    element("span", { class: "count" }, thousands(addressesOf(block))),
    ...fullnessCells(block),
  );
}

/** A bar and a percentage: how full the block is, or how many of its addresses were in use when someone looked. */
function fullnessCells(block: Block): HTMLElement[] {
  const use = useOf(block);
  const parts = fullness(block);
  if (use !== undefined && block.data.use !== undefined) {
    const percent = (block.data.use.used * 100) / addressesOf(block);
    return [bar([percent, 0, 0, 0], use), element("span", { class: "percent" }, `${Math.round(percent)} %`)];
  }
  if (parts === undefined) return [element("span"), element("span")];
  const share = (addresses: number) => (addresses * 100) / addressesOf(block);
  const shares = [parts.used, parts.growth, parts.reserved, parts.pooled].map(share);
  return [bar(shares, barTitle(parts)), element("span", { class: "percent" }, `${percentFull(block)} %`)];
}

const BAR_PARTS = ["used", "growth", "reserved", "pooled"] as const;

/** @param shares in percent, in the order of {@link BAR_PARTS} */
function bar(shares: readonly number[], title: string): HTMLElement {
  const parts = BAR_PARTS.map((part, at) => {
    const piece = element("i", { class: part });
    piece.style.width = `${shares[at] ?? 0}%`;
    return piece;
  });
  return element("span", { class: "fullness", title }, ...parts);
}

const barTitle = ({ used, growth, reserved, pooled, free }: Fullness) =>
  [
    ["in clusters' blocks", used],
    ["for growth", growth],
    ["reserved", reserved],
    ["free in pools inside", pooled],
    ["free", free],
  ]
    .filter(([, count]) => count !== 0)
    .map(([what, count]) => `${thousands(Number(count))} ${what}`)
    .join(", ");
