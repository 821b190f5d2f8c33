import { type Terraform } from "./terraform";

/** A managed resource in a state. */
export interface ManagedResource {
  /** Terraform address, for example `aws_vpc.network` or `module.a.aws_vpc.network["x"]`. */
  readonly address: string;
  readonly type: string;
  readonly name: string;
  /** Whether it is in the root module and has neither `count` nor `for_each`. */
  readonly isPlain: boolean;
  /** Alias of its provider. @default the default provider */
  readonly providerAlias?: string;
  readonly attributes: Readonly<Record<string, unknown>>;
  /** Addresses of the resources and data sources that it was created after, without instance keys. */
  readonly dependencies: readonly string[];
}

/** Terraform's state format 4. */
interface StateFile {
  readonly resources?: readonly {
    readonly module?: string;
    readonly mode: string;
    readonly type: string;
    readonly name: string;
    readonly provider: string;
    readonly instances: readonly {
      readonly index_key?: string | number;
      readonly attributes: Readonly<Record<string, unknown>>;
      readonly dependencies?: readonly string[];
    }[];
  }[];
}

/**
 * Reads the managed resources in a stack's state, with the backend of its initialized folder.
 *
 * @returns undefined if there is no state
 * @throws RetirementError if it cannot be read
 */
export async function readState(
  terraform: Terraform,
  stack: string,
  folder: string,
): Promise<readonly ManagedResource[] | undefined> {
  const text = await terraform.read(stack, folder, "state", "pull");
  if (text.trim() === "") return undefined;
  const { resources = [] } = JSON.parse(text) as StateFile;
  return resources
    .filter(({ mode }) => mode === "managed")
    .flatMap(({ module, type, name, provider, instances }) =>
      instances.map(({ index_key, attributes, dependencies = [] }) => ({
        address: `${module === undefined ? "" : `${module}.`}${type}.${name}${indexText(index_key)}`,
        ...{ type, name, attributes, dependencies },
        isPlain: module === undefined && index_key === undefined,
        providerAlias: /\]\.(\w[\w-]*)$/.exec(provider)?.[1],
      })),
    );
}

const indexText = (key: string | number | undefined) => (key === undefined ? "" : `[${JSON.stringify(key)}]`);
