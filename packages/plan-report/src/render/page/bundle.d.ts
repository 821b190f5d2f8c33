/** The page's script and style, bundled from its sources. */
export function bundlePage(): { readonly script: string; readonly style: string };
