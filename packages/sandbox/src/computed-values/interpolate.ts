import { type ObjectValue } from "@cluster-ipam/terraform-provider";

/**
 * A text with members of a resource in it: `{name}`, or `{metadata.name}` of the first element of a
 * block; what is no text is left out.
 */
export const interpolate = (text: string, state: ObjectValue): string =>
  text.replace(/\{([a-z_.]+)\}/g, (_, path: string) => {
    const found = path.split(".").reduce<unknown>((value, step) => {
      const element: unknown = Array.isArray(value) ? value[0] : value;
      return (element as Record<string, unknown> | undefined)?.[step];
    }, state);
    return typeof found === "string" ? found : "";
  });
