import { type MapBlock, type MapMark } from "../address-map";
import { layout, type PlacedBlock, type Scale } from "./map-layout";
import { type MapTree } from "./map-tree";

const ROW_HEIGHT = 46;
const SIGNS: Readonly<Record<MapMark, string>> = {
  added: "+",
  widened: "↔",
  renamed: "✎",
  restored: "↩",
  draining: "…",
  retired: "×",
  moved: "→",
  freed: "−",
  replaced: "!",
  destroyed: "!",
};
const WORDS: Readonly<Record<MapMark, string>> = {
  added: "new in this change",
  widened: "widened by this change",
  renamed: "renamed by this change",
  restored: "restored by this change",
  draining: "draining from this change on",
  retired: "retired by this change",
  moved: "moved by this change",
  freed: "freed by this change",
  replaced: "replaced by this plan",
  destroyed: "destroyed by this plan",
};
const KINDS: Readonly<Record<MapBlock["kind"], string>> = {
  pool: "pool",
  cluster: "cluster network",
  pods: "pods",
  growth: "growth",
  subnet: "subnet",
  reserved: "reserved",
  free: "free",
  group: "group of neighbors",
};
const STATES: Readonly<Record<NonNullable<MapBlock["state"]>, string>> = {
  draining: "draining: its cluster no longer needs it",
  retired: "retired: taken until the states prove that nothing uses it",
};
const numbers = new Intl.NumberFormat("en-US");

/** The zoomable map: one element per block that is wide enough, navigable as a tree with the keyboard. */
export class MapView {
  private scale: Scale = "readable";
  private focus: MapBlock | undefined;
  private current: MapBlock;
  private readonly elements = new Map<MapBlock, HTMLElement>();

  constructor(
    private readonly tree: MapTree,
    private readonly map: HTMLElement,
    private readonly trail: HTMLElement,
    private readonly detail: HTMLElement,
  ) {
    this.current = tree.roots[0] as MapBlock;
    map.addEventListener("keydown", (event) => this.onKey(event));
    map.addEventListener("pointerover", ({ target }) => {
      const block = this.blockOf(target);
      if (block !== undefined) this.describe(block);
    });
    map.addEventListener("pointerleave", () => this.describe(this.current));
    map.addEventListener("click", ({ target }) => {
      const block = this.blockOf(target);
      if (block !== undefined) this.zoom(block === this.focus ? this.tree.parentOf(block) : block, block);
    });
    map.addEventListener("focusin", ({ target }) => {
      const block = this.blockOf(target);
      if (block !== undefined) this.select(block);
    });
    new ResizeObserver(() => this.draw()).observe(map);
    this.zoom(undefined, this.current);
  }

  /** Draws the map with other widths. */
  setScale(scale: Scale): void {
    this.scale = scale;
    this.draw();
  }

  /** Zooms to a block, or to the whole plan. */
  zoom(focus: MapBlock | undefined, current: MapBlock | undefined = focus): void {
    this.focus = focus;
    this.current = current ?? (this.tree.roots[0] as MapBlock);
    this.draw();
    this.drawTrail();
    this.describe(this.current);
  }

  /** Zooms so that a block is drawn, and moves the keyboard focus to it. */
  reveal(block: MapBlock): void {
    if (!this.elements.has(block)) {
      const parent = this.tree.parentOf(block);
      this.zoom(parent, block);
      // Among many siblings the block may still be too narrow.
      if (!this.elements.has(block)) this.zoom(block, block);
    }
    this.elements.get(block)?.focus();
  }

  private draw(): void {
    const placed = layout(
      this.focus === undefined ? this.tree.roots : [this.focus],
      this.map.clientWidth,
      this.scale,
    );
    const drawn = new Set(placed.map(({ block }) => block));
    for (const [block, element] of this.elements) {
      if (drawn.has(block)) continue;
      element.remove();
      this.elements.delete(block);
    }
    if (!drawn.has(this.current)) this.current = this.focus ?? (this.tree.roots[0] as MapBlock);
    for (const placement of placed) this.position(placement);
    const rows = Math.max(...placed.map(({ row }) => row)) + 1;
    this.map.style.height = `${rows * ROW_HEIGHT}px`;
  }

  private position({ block, left, width, row }: PlacedBlock): void {
    const element = this.elements.get(block) ?? this.create(block);
    element.style.left = `${left}px`;
    element.style.width = `${Math.max(1, width - 1)}px`;
    element.style.top = `${row * ROW_HEIGHT}px`;
    element.tabIndex = block === this.current ? 0 : -1;
    element.dataset["room"] = width > 92 ? "wide" : width > 34 ? "narrow" : "none";
    element.classList.toggle("focus", block === this.focus);
  }

  private create(block: MapBlock): HTMLElement {
    const element = document.createElement("div");
    const siblings = this.tree.siblingsOf(block);
    element.className = "block";
    element.dataset["kind"] = block.kind;
    if (block.mark !== undefined) element.dataset["mark"] = block.mark;
    if (block.state !== undefined) element.dataset["state"] = block.state;
    element.setAttribute("role", "treeitem");
    element.setAttribute("aria-level", String(this.tree.pathTo(block).length));
    element.setAttribute("aria-setsize", String(siblings.length));
    element.setAttribute("aria-posinset", String(siblings.indexOf(block) + 1));
    element.setAttribute("aria-label", sentence(block));
    const name = document.createElement("b");
    name.textContent = (block.mark === undefined ? "" : `${SIGNS[block.mark]} `) + block.owner;
    const cidr = document.createElement("span");
    cidr.textContent = block.label + (block.state === undefined ? "" : ` ${block.state}`);
    element.append(name, cidr);
    this.elements.set(block, element);
    this.map.append(element);
    return element;
  }

  private drawTrail(): void {
    const path = this.focus === undefined ? [] : this.tree.pathTo(this.focus);
    const crumbs = [undefined, ...path].map((block) => {
      const button = document.createElement("button");
      button.type = "button";
      button.textContent = block === undefined ? "whole plan" : `${block.owner} ${block.label}`;
      if (block === this.focus) button.setAttribute("aria-current", "location");
      button.addEventListener("click", () => this.zoom(block));
      return button;
    });
    this.trail.replaceChildren(...crumbs);
  }

  private select(block: MapBlock): void {
    const old = this.elements.get(this.current);
    if (old !== undefined) old.tabIndex = -1;
    this.current = block;
    const element = this.elements.get(block);
    if (element !== undefined) element.tabIndex = 0;
    this.describe(block);
  }

  private describe(block: MapBlock): void {
    const title = document.createElement("b");
    title.textContent = `${block.owner} `;
    const cidr = document.createElement("code");
    cidr.textContent = block.label;
    const rest = document.createElement("span");
    rest.textContent = ` ${facts(block).join(" · ")}`;
    const lines = (block.plan ?? []).map((line) => {
      const item = document.createElement("div");
      item.className = "quiet";
      item.textContent = `Plan: ${line}`;
      return item;
    });
    this.detail.replaceChildren(title, cidr, rest, ...lines);
  }

  private onKey(event: KeyboardEvent): void {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const isHandled = this.move(event.key);
    if (isHandled) event.preventDefault();
  }

  private move(key: string): boolean {
    const block = this.current;
    switch (key) {
      case "ArrowLeft":
        return this.go(this.tree.neighbor(block, -1));
      case "ArrowRight":
        return this.go(this.tree.neighbor(block, 1));
      case "ArrowDown":
        return this.go(block.children[0]);
      case "ArrowUp":
        return this.go(this.tree.parentOf(block));
      case "Home":
        this.zoom(undefined);
        return this.go(this.tree.roots[0]);
      case "Enter":
      case " ":
      case "+":
        this.zoom(block);
        return this.go(block);
      case "Escape":
      case "-":
      case "Backspace":
        if (this.focus === undefined) return false;
        this.zoom(this.tree.parentOf(this.focus), this.focus);
        return this.go(this.current);
      default:
        return false;
    }
  }

  private go(block: MapBlock | undefined): boolean {
    if (block !== undefined) this.reveal(block);
    return true;
  }

  private blockOf(target: EventTarget | null): MapBlock | undefined {
    const element = target instanceof Element ? target.closest<HTMLElement>(".block") : null;
    for (const [block, own] of this.elements) if (own === element) return block;
    return undefined;
  }
}

function facts({ first, last, kind, mark, state, free }: MapBlock): string[] {
  const size = last - first + 1;
  return [
    KINDS[kind],
    `${numbers.format(size)} addresses`,
    ...(free === undefined ? [] : [`${Math.floor((free * 100) / size)} % free`]),
    ...(state === undefined ? [] : [STATES[state]]),
    ...(mark === undefined ? [] : [WORDS[mark]]),
  ];
}

const sentence = (block: MapBlock) => [block.owner, block.label, ...facts(block)].join(", ");
