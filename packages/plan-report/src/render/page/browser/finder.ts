import { type MapBlock } from "../address-map";
import { addressOf, type MapTree } from "./map-tree";
import { type MapView } from "./map-view";

/** Most results shown at once. */
const MAX_RESULTS = 8;

/** Finds blocks by address, CIDR or owner, and shows them on the map. */
export function finder(tree: MapTree, view: MapView, input: HTMLInputElement, list: HTMLElement): void {
  const results = (): MapBlock[] => {
    const text = input.value.trim();
    if (text === "") return [];
    const address = addressOf(text);
    const innermost = address === undefined ? undefined : tree.innermost(address);
    const matches = tree.matching(text, MAX_RESULTS);
    return innermost === undefined || matches.includes(innermost) ? matches : [innermost, ...matches];
  };
  const show = (): void => {
    const found = results();
    const items = found.map((block) => item(block, () => view.reveal(block)));
    if (found.length === 0 && input.value.trim() !== "") items.push(noMatch());
    list.replaceChildren(...items);
    list.hidden = items.length === 0;
  };
  input.addEventListener("input", show);
  input.addEventListener("keydown", (event) => {
    const [first] = results();
    if (event.key === "Enter" && first !== undefined) view.reveal(first);
    if (event.key === "Escape") {
      input.value = "";
      show();
    }
  });
  document.addEventListener("keydown", (event) => {
    if (event.key !== "/" || event.target instanceof HTMLInputElement) return;
    event.preventDefault();
    input.focus();
  });
}

function item(block: MapBlock, onClick: () => void): HTMLElement {
  const line = document.createElement("li");
  const button = document.createElement("button");
  button.type = "button";
  button.textContent = `${block.owner}  ${block.label}`;
  button.addEventListener("click", onClick);
  line.append(button);
  return line;
}

function noMatch(): HTMLElement {
  const line = document.createElement("li");
  line.textContent = "No match in this plan.";
  return line;
}
