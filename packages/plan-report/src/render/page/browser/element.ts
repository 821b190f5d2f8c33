type Properties = Readonly<Record<string, string | number | boolean | undefined>>;

/**
 * Creates an element. Text is inserted as text, so that no name in a report can add markup.
 *
 * @param attributes undefined and false are left out; true is the empty value
 */
export function element<Tag extends keyof HTMLElementTagNameMap>(
  tag: Tag,
  attributes: Properties = {},
  ...children: readonly (Node | string | undefined)[]
): HTMLElementTagNameMap[Tag] {
  const created = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes))
    if (value !== undefined && value !== false)
      created.setAttribute(name, value === true ? "" : String(value));
  created.append(...children.filter((child) => child !== undefined));
  return created;
}

/** An element of the page. @throws Error if the page has none with this id */
export function byId<Type extends HTMLElement>(id: string): Type {
  const found = document.getElementById(id);
  if (found === null) throw new Error(`the page has no #${id}`);
  return found as Type;
}
