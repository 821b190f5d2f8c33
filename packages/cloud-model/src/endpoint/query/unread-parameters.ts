/** An input that records which members are read. */
export interface WatchedInput<T extends object> {
  readonly input: T;
  /** The paths of the members not read so far: `TagSpecifications[0].ResourceType`. */
  unread(): readonly string[];
}

/**
 * Wraps an input to record which members are read, so that no operation silently ignores a parameter. A
 * structure that is passed on without being inspected counts as read, and so does a member with its default.
 */
export function watched<T extends object>(input: T): WatchedInput<T> {
  const { copy, unread } = watch(input, "");
  return { input: copy as T, unread };
}

interface Watch {
  readonly copy: unknown;
  readonly unread: () => readonly string[];
}

function watch(value: unknown, path: string): Watch {
  if (Array.isArray(value)) {
    const items = value.map((item, index) => watch(item, `${path}[${index}]`));
    return {
      copy: items.map(({ copy }) => copy),
      unread: () => items.flatMap(({ unread }) => unread()),
    };
  }
  const isStructure = typeof value === "object" && value !== null && !(value instanceof Date);
  return isStructure && !Buffer.isBuffer(value)
    ? watchStructure(value, path)
    : { copy: value, unread: () => [] };
}

function watchStructure(structure: object, path: string): Watch {
  const members = Object.entries(structure).map(([name, value]) => {
    const memberPath = path === "" ? name : `${path}.${name}`;
    return { name, memberPath, isRead: false, ...watch(value, memberPath) };
  });
  const copy = {};
  for (const member of members)
    Object.defineProperty(copy, member.name, {
      enumerable: true,
      get: () => {
        member.isRead = true;
        return member.copy;
      },
    });
  const isTakenWhole = () => path !== "" && members.every(({ isRead }) => !isRead);
  return {
    copy,
    unread: () =>
      isTakenWhole()
        ? []
        : members.flatMap(({ isRead, name, memberPath, unread, copy: value }) => {
            if (isRead) return unread();
            return isDefault(name, value) ? [] : [memberPath];
          }),
  };
}

/** Counts and indexes whose default is 0. */
const zeroByDefault = ["NetworkCardIndex", "DeviceIndex", "Ipv6AddressCount", "Ipv6PrefixCount"];

/** Whether a value is what EC2 takes when the member is absent: false, an empty list, or a 0 of some members. */
function isDefault(name: string, value: unknown): boolean {
  if (value === false || (value === 0 && zeroByDefault.includes(name))) return true;
  if (Array.isArray(value)) return value.length === 0;
  if (typeof value !== "object" || value === null || value instanceof Date || Buffer.isBuffer(value))
    return false;
  return Object.entries(value).every(([member, one]) => isDefault(member, one));
}
