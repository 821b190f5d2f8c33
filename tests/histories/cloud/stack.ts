import { type StackState } from "@cluster-ipam/address-plan/states";
import { type StackKind } from "@cluster-ipam/address-plan/stacks";

/** Attributes of a resource, as a state has them. */
export type Attributes = Readonly<Record<string, unknown>>;

/** What a resource's API does. It throws a `ServiceError` where the cloud refuses. */
export interface ResourceApi {
  /** Creates the resource. @returns its attributes, with what the cloud computed */
  create(attributes: Attributes): Attributes;
  /** Changes it in place. @returns the new attributes; undefined if the change needs a replacement */
  update(before: Attributes, attributes: Attributes): Attributes | undefined;
  delete(attributes: Attributes): void;
}

/** A resource that a stack composes. */
export interface ComposedResource {
  /** Unique in its stack, `<type>.<name>`. */
  readonly address: string;
  readonly api: ResourceApi;
  /** Read at apply, when the resources before it exist. */
  readonly attributes: () => Attributes;
}

/** A resource that exists. */
export interface DeployedResource {
  readonly address: string;
  readonly api: ResourceApi;
  readonly attributes: Attributes;
}

/** What an apply destroyed or replaced. */
export interface Destroyed {
  readonly stack: Stack;
  readonly resource: DeployedResource;
  readonly replaced: boolean;
}

export interface StackProps {
  readonly id: string;
  /** Name in the cloud of the cluster that it serves. @default none */
  readonly cluster?: string;
  /** @default none */
  readonly kind?: StackKind;
}

/** A stack with its state. It applies as Terraform does: removals first, in reverse, then the rest in order. */
export class Stack {
  readonly id: string;
  readonly cluster: string | undefined;
  readonly kind: StackKind | undefined;
  /** Undefined until it is applied for the first time. */
  private deployed: DeployedResource[] | undefined;
  private serial = 0;
  private cached: StackState | undefined;

  constructor(props: StackProps) {
    this.id = props.id;
    this.cluster = props.cluster;
    this.kind = props.kind;
  }

  get resources(): readonly DeployedResource[] {
    return this.deployed ?? [];
  }

  /** The attributes of a resource. @throws Error if it is not deployed */
  attributesOf(address: string): Attributes {
    const found = this.resources.find((resource) => resource.address === address);
    if (found === undefined) throw new Error(`${this.id} has no ${address}`);
    return found.attributes;
  }

  /**
   * Makes the cloud match a composition.
   *
   * @param composed parents before what depends on them; empty for an emptied stack
   * @returns what was destroyed or replaced
   * @throws ServiceError where the cloud refuses; what was done until then is in the state
   */
  apply(composed: readonly ComposedResource[]): readonly Destroyed[] {
    this.deployed ??= [];
    this.serial++;
    this.cached = undefined;
    const destroyed: Destroyed[] = [];
    const addresses = new Set(composed.map(({ address }) => address));
    for (const resource of [...this.deployed].reverse())
      if (!addresses.has(resource.address)) this.remove(resource, false, destroyed);
    for (const resource of composed) this.converge(resource, destroyed);
    const order = new Map(composed.map(({ address }, index) => [address, index]));
    this.deployed.sort((a, b) => order.get(a.address)! - order.get(b.address)!);
    return destroyed;
  }

  /** The state, as `readStates` reads it. */
  get state(): StackState {
    this.cached ??= this.read();
    return this.cached;
  }

  private read(): StackState {
    const { id, cluster, kind, deployed } = this;
    const base = { stack: id, app: "app", ...(cluster !== undefined && { cluster }), ...(kind && { kind }) };
    if (deployed === undefined)
      return { ...base, status: "missing", reason: `the state of app/${id} does not exist`, resources: [] };
    return {
      ...base,
      status: deployed.length === 0 ? "empty" : "holds",
      lineage: "00000000-0000-0000-0000-000000000000",
      serial: this.serial,
      resources: deployed.map(({ address, attributes }) => ({
        mode: "managed",
        address,
        type: address.slice(0, address.indexOf(".")),
        instances: [attributes],
      })),
    };
  }

  private remove(resource: DeployedResource, replaced: boolean, destroyed: Destroyed[]): void {
    resource.api.delete(resource.attributes);
    this.deployed = this.deployed!.filter((other) => other !== resource);
    destroyed.push({ stack: this, resource, replaced });
  }

  private converge({ address, api, attributes: read }: ComposedResource, destroyed: Destroyed[]): void {
    const attributes = read();
    const before = this.deployed!.find((resource) => resource.address === address);
    if (before !== undefined) {
      if (unchanged(before.attributes, attributes)) return;
      const after = api.update(before.attributes, attributes);
      if (after !== undefined) {
        const index = this.deployed!.indexOf(before);
        this.deployed = this.deployed!.with(index, {
          address,
          api,
          attributes: { ...before.attributes, ...attributes, ...after },
        });
        return;
      }
      this.remove(before, true, destroyed);
    }
    this.deployed!.push({ address, api, attributes: { ...attributes, ...api.create(attributes) } });
  }
}

/** Whether the state has every configured attribute. */
function unchanged(before: Attributes, configured: Attributes): boolean {
  return Object.entries(configured).every(
    ([name, value]) => before[name] === value || JSON.stringify(before[name]) === JSON.stringify(value),
  );
}
