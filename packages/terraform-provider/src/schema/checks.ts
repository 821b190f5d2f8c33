/** Limits of an IPv4 or IPv6 network given as text. */
export interface CidrLimits {
  /** @default either */
  readonly family?: 4 | 6;
  /** Shortest prefix. @default 0 */
  readonly min?: number;
  /** Longest prefix. @default 32 or 128 */
  readonly max?: number;
  /** Host bits may be set. @default false */
  readonly hostBits?: boolean;
  /** May be empty. @default false */
  readonly orEmpty?: boolean;
  /** Only inside 10.0.0.0/8, 172.16.0.0/12 or 192.168.0.0/16. @default false */
  readonly privateOnly?: boolean;
}

type ByPath<T> = { readonly [path: string]: T };
type Bounds = readonly [min: number | null, max: number | null];

/**
 * What a provider rejects at plan time beyond types, required members and block limits. Members are named
 * by their path without indices. Only known values are checked.
 */
export interface Checks {
  /** Allowed values. @default none */
  readonly oneOf?: ByPath<readonly (string | number)[]>;
  /** Bounds of a number, both inclusive; null is open. @default none */
  readonly between?: ByPath<Bounds>;
  /** Bounds of a text's length in characters. @default none */
  readonly length?: ByPath<Bounds>;
  /** Regular expressions. @default none */
  readonly matches?: ByPath<string>;
  /** IP networks without host bits. @default none */
  readonly cidr?: ByPath<CidrLimits>;
  /** IPv4 addresses. @default none */
  readonly ipv4?: readonly string[];
  /** Amazon Resource Names. @default none */
  readonly arn?: readonly string[];
  /** JSON documents. @default none */
  readonly json?: readonly string[];
  /** AWS account ids. @default none */
  readonly account?: readonly string[];
  /** AWS Regions, with further allowed values. @default none */
  readonly region?: ByPath<readonly string[]>;
  /** RFC 3339 times. @default none */
  readonly time?: readonly string[];
  /** Forms of values, by their names (`configuration/forms`). @default none */
  readonly forms?: ByPath<string>;
  /** Limits of a list or set argument's length. @default none */
  readonly items?: ByPath<readonly [min: number, max: number]>;
  /** Arguments by path, with the arguments they conflict with. @default none */
  readonly conflicts?: ByPath<readonly string[]>;
  /** Groups of which exactly one must be set. @default none */
  readonly exactlyOneOf?: readonly (readonly string[])[];
  /** Groups of which at least one must be set. @default none */
  readonly atLeastOneOf?: readonly (readonly string[])[];
  /** Arguments by path, with the arguments they require. @default none */
  readonly requiredWith?: ByPath<readonly string[]>;
}
