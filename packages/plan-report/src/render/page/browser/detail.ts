import { type Block, fullName, pathTo } from "./block";
import { element } from "./element";
import { fragmentOf } from "./target";
import { facts } from "./words";

/** Everything about one block: facts, ids, what Terraform plans, a button to copy its CIDR and its permalink. */
export function detailOf(block: Block, copy: (text: string) => void): HTMLElement[] {
  const { data } = block;
  const around = pathTo(block).slice(0, -1);
  const lines = [
    ...(around.length > 0 ? [`In ${around.map((outer) => outer.data.name).join(" › ")}`] : []),
    ...(data.ids ?? []),
    ...(data.plan ?? []).map((line) => `Plan: ${line}`),
  ];
  return [
    element("h3", {}, fullName(block)),
    element(
      "p",
      {},
      copyButton(data.label, data.label, copy),
      " ",
      element("a", { href: fragmentOf(block), title: "Permalink" }, data.key),
    ),
    element("p", {}, facts(block).join(" · ")),
    ...lines.map((line) => element("p", { class: "quiet" }, line)),
  ];
}

/** A button that copies a text. */
export function copyButton(label: string, text: string, copy: (text: string) => void): HTMLElement {
  const button = element("button", { type: "button", class: "copy", "aria-label": `Copy ${text}` }, label);
  button.addEventListener("click", () => copy(text));
  return button;
}
