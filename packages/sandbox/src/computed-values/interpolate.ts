import { type ObjectValue } from "@cluster-ipam/terraform-provider";

/**
 * Interpolates members of a resource into text: `{name}`, or `{metadata.name}` of a block's first element. Members
 * that are not text become empty.
 */
export const interpolate = (text: string, state: ObjectValue): string =>
  text.replace(/\{([a-z_.]+)\}/g, (_, path: string) => {
    const found = path.split(".").reduce<unknown>((value, step) => {
      const element: unknown = Array.isArray(value) ? value[0] : value;
      return (element as Record<string, unknown> | undefined)?.[step];
    }, state);
    return typeof found === "string" ? found : "";
  });
