/** Bundles the page's script and style from `browser/`. */
export function bundlePage(): { readonly script: string; readonly style: string };
