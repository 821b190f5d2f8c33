import { type MapBlock } from "../address-map";
import { finder } from "./finder";
import { MapTree } from "./map-tree";
import { MapView } from "./map-view";

function byId<T extends HTMLElement>(id: string): T {
  const element = document.getElementById(id);
  if (element === null) throw new Error(`the page has no #${id}`);
  return element as T;
}

const roots = JSON.parse(byId("map-data").textContent ?? "[]") as MapBlock[];
if (roots.length === 0) {
  byId("map-section").hidden = true;
} else {
  const tree = new MapTree(roots);
  const view = new MapView(tree, byId("map"), byId("trail"), byId("detail"));
  finder(tree, view, byId<HTMLInputElement>("find"), byId("found"));
  byId("whole").addEventListener("click", () => view.zoom(undefined));
  for (const radio of document.querySelectorAll<HTMLInputElement>("input[name=scale]"))
    radio.addEventListener("change", () => view.setScale(radio.value === "true" ? "true" : "readable"));
}

// Details cannot be expanded on paper.
let opened: HTMLDetailsElement[] = [];
addEventListener("beforeprint", () => {
  opened = [...document.querySelectorAll<HTMLDetailsElement>("details:not([open])")];
  for (const details of opened) details.open = true;
});
addEventListener("afterprint", () => {
  for (const details of opened) details.open = false;
});
