import { type MapDocument, unpackMap } from "../map-document";
import { type Block, blockTree } from "./block";
import { copyText } from "./clipboard";
import { detailOf } from "./detail";
import { byId } from "./element";
import { fitList } from "./fit-list";
import { Outline } from "./outline";
import { printable } from "./print";
import { ScaleView } from "./scale-view";
import { searchBox } from "./search-box";
import { decoded, resolve, targetOf } from "./target";

/** Joins the parts of the map. What is shown is the fragment of the address bar, so that every view is a permalink. */
function startMap(packed: MapDocument): void {
  const map = unpackMap(packed);
  const root = blockTree(map);
  const copy = (text: string) => void copyText(text, byId("map-status"));
  const detail = byId("detail");
  const follow = (fragment: string): void => {
    if (location.hash === fragment) showLinked(true);
    else location.hash = fragment;
  };
  const elements = { scale: byId("scale"), trail: byId("trail"), pointer: byId("pointer") };
  const scale = new ScaleView(root, map.gone, elements, follow);
  const outline = new Outline(root, byId("outline"), {
    select: (block) => detail.replaceChildren(...detailOf(block, copy)),
    show: (block) => follow(`#${block.data.key}`),
    copy: (block) => copy(block.data.label),
  });
  const showLinked = (focus: boolean): void => {
    const [space] = root.children ?? [];
    const isStart = location.hash === "" && space !== undefined;
    const target = isStart ? targetOf(space) : resolve(root, location.hash);
    byId("map-status").textContent = target === undefined ? missing(location.hash) : "";
    if (target === undefined) return;
    scale.show(target);
    outline.reveal(target.block, focus);
  };
  addEventListener("hashchange", () => {
    showLinked(true);
    // A link from another part of the page leads to the map, not only to a block on it.
    if (resolve(root, location.hash) !== undefined) byId("map-section").scrollIntoView({ block: "nearest" });
  });
  byId("zoom-out").addEventListener("click", () => {
    const outer = scale.outer();
    if (outer !== undefined) follow(outer);
  });
  searchBox(root, byId<HTMLInputElement>("find"), byId("found"), follow);
  startFitting(root, scale, copy);
  showLinked(false);
}

/** Says that a permalink leads nowhere, unless it leads to another part of the page. */
function missing(fragment: string): string {
  const id = fragment.slice(1);
  return id === "" || document.getElementById(id) !== null ? "" : `This plan has no ${decoded(id)}.`;
}

/** "Where does a /20 fit?" */
function startFitting(root: Block, scale: ScaleView, copy: (text: string) => void): void {
  const [select, list] = [byId<HTMLSelectElement>("fit"), byId("fitting")];
  select.addEventListener("change", () => {
    const isAsked = select.value !== "";
    scale.markFitting(isAsked ? Number(select.value) : 33);
    list.replaceChildren(...(isAsked ? fitList(root, Number(select.value), copy) : []));
    list.hidden = !isAsked;
  });
}

const map = JSON.parse(byId("map-data").textContent ?? "") as MapDocument;
if (map.blocks.length === 0) byId("map-section").hidden = true;
// What changes is above the map, so it is painted first.
else requestAnimationFrame(() => setTimeout(() => startMap(map)));
printable();
