import { GoogleAuth } from "google-auth-library";
import { type LandscapeBuilder } from "../landscape/landscape-builder";
import { LandscapeError } from "../landscape-error";
import { readGoogleResource } from "../read/google-answer";
import { isObject, type JsonObject, objectsOf, textOf } from "../read/json-value";

/** Where each API is, as gcloud's overrides have it. */
const ENDPOINTS = {
  compute: "https://compute.googleapis.com/compute/v1/",
  container: "https://container.googleapis.com/",
  networkconnectivity: "https://networkconnectivity.googleapis.com/",
} as const;

/** Milliseconds that a call may take. */
const TIMEOUT = 60_000;
/** Attempts per call, with a pause that doubles. */
const MAX_ATTEMPTS = 5;
const FIRST_PAUSE = 500;

/** Reads a project of Google Cloud with its credentials. */
export class GoogleReader {
  private readonly auth = new GoogleAuth({
    scopes: ["https://www.googleapis.com/auth/cloud-platform.read-only"],
  });

  /**
   * @param env as gcloud has it: `CLOUDSDK_API_ENDPOINT_OVERRIDES_COMPUTE` and so on for other endpoints,
   * `GOOGLE_OAUTH_ACCESS_TOKEN` for a token
   */
  constructor(private readonly env: NodeJS.ProcessEnv) {}

  /**
   * Reads the networks, internal ranges and GKE clusters of a project. It changes nothing. What is denied, or fails after
   * retries, is noted as unseen. In a Shared VPC, the host project has the ranges and the service projects the clusters: read both.
   *
   * @throws LandscapeError if there are no usable credentials
   */
  async readProject(project: string, to: LandscapeBuilder): Promise<void> {
    const token = await this.token();
    const read = (api: ListCall["api"], path: string, items: (page: JsonObject) => readonly JsonObject[]) =>
      this.readList(
        { api, path, items, token, what: `google ${project} ${api}.${path.split("/").at(-1)}` },
        to,
      );
    if (await read("compute", `projects/${project}/aggregated/subnetworks`, aggregated))
      to.addSeen({ cloud: "google", owner: project, region: "*" });
    await read("container", `v1/projects/${project}/locations/-/clusters`, listed("clusters"));
    const ranges = `v1/projects/${project}/locations/global/internalRanges`;
    await read("networkconnectivity", ranges, listed("internalRanges"));
  }

  private async token(): Promise<string> {
    const given = this.env["GOOGLE_OAUTH_ACCESS_TOKEN"];
    if (given !== undefined && given !== "") return given;
    try {
      const token = await this.auth.getAccessToken();
      if (typeof token === "string") return token;
      throw new Error("the credentials give no access token");
    } catch (error) {
      throw new LandscapeError(
        "--google",
        `no usable credentials (${(error as Error).message.slice(0, 200)}); run gcloud auth application-default login`,
      );
    }
  }

  /** @returns whether the whole list was read */
  private async readList(
    { api, path, items, token, what }: ListCall,
    to: LandscapeBuilder,
  ): Promise<boolean> {
    const url = new URL(
      path,
      this.env[`CLOUDSDK_API_ENDPOINT_OVERRIDES_${api.toUpperCase()}`] ?? ENDPOINTS[api],
    );
    try {
      for (let page: string | undefined = ""; page !== undefined;) {
        if (page !== "") url.searchParams.set("pageToken", page);
        const answer = await request(url, token);
        items(answer).forEach((item, index) => readGoogleResource(item, to, what, `[${index}]`));
        // GKE lists all clusters but those of locations that did not answer.
        for (const zone of (answer["missingZones"] as string[] | undefined) ?? [])
          to.addUnseen(`${what} in ${zone}`, "the location did not answer");
        page = textOf(answer, "nextPageToken");
      }
      return true;
    } catch (error) {
      if (error instanceof LandscapeError) throw error;
      to.addUnseen(what, (error as Error).message.slice(0, 200));
      return false;
    }
  }
}

interface ListCall {
  readonly api: keyof typeof ENDPOINTS;
  readonly path: string;
  readonly items: (page: JsonObject) => readonly JsonObject[];
  readonly token: string;
  /** Name of the call. */
  readonly what: string;
}

function listed(member: string) {
  return (page: JsonObject) => objectsOf(page, member, member);
}

/** Compute's aggregated lists are by region. */
function aggregated(page: JsonObject): readonly JsonObject[] {
  const { items } = page;
  return isObject(items)
    ? Object.values(items).flatMap((scope) =>
        isObject(scope) ? objectsOf(scope, "subnetworks", "subnetworks") : [],
      )
    : [];
}

/** @throws Error with Google's own reason */
async function request(url: URL, token: string): Promise<JsonObject> {
  for (let attempt = 1; ; attempt++) {
    const response = await fetch(url, {
      headers: { authorization: `Bearer ${token}` },
      signal: AbortSignal.timeout(TIMEOUT),
    });
    const body: unknown = await response.json().catch(() => undefined);
    if (response.ok && isObject(body)) return body;
    const isTransient = response.status === 429 || response.status >= 500;
    if (!isTransient || attempt === MAX_ATTEMPTS) {
      const error = isObject(body) && isObject(body["error"]) ? textOf(body["error"], "message") : undefined;
      throw new Error(`${response.status}: ${error ?? response.statusText}`);
    }
    await new Promise((resolve) => setTimeout(resolve, FIRST_PAUSE * 2 ** (attempt - 1)));
  }
}
