import { counted } from "../../number";
import { type Block, fullName } from "./block";
import { element } from "./element";
import { placeOf, search } from "./search";
import { fragmentOf } from "./target";

/** Most results shown at once. */
const MAX_RESULTS = 10;

/** The search field: answers while one types, and Enter goes to the first result. `/` moves the focus to it. */
export function searchBox(
  root: Block,
  input: HTMLInputElement,
  list: HTMLElement,
  follow: (fragment: string) => void,
): void {
  const answer = () => search(root, input.value);
  const show = (): void => {
    const { sentence, matches } = answer();
    const items = matches.slice(0, MAX_RESULTS).map(resultItem);
    const rest = matches.length - items.length;
    list.replaceChildren(
      ...(sentence === undefined ? [] : [element("li", { class: "answer" }, sentence)]),
      ...items,
      ...(rest > 0 ? [element("li", { class: "quiet" }, `and ${counted(rest, "more block")}`)] : []),
    );
    if (list.childElementCount === 0 && input.value.trim() !== "")
      list.append(element("li", {}, "No match in this plan."));
    list.hidden = list.childElementCount === 0;
  };
  input.addEventListener("input", show);
  input.addEventListener("keydown", ({ key }) => {
    if (key === "Enter") {
      const [first] = answer().matches;
      if (first !== undefined) follow(fragmentOf(first));
    }
    if (key === "Escape") {
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

function resultItem(block: Block): HTMLElement {
  return element(
    "li",
    {},
    element(
      "a",
      { href: fragmentOf(block) },
      element("b", {}, fullName(block)),
      " ",
      element("code", {}, block.data.label),
    ),
    element("small", { class: "quiet" }, placeOf(block)),
  );
}
