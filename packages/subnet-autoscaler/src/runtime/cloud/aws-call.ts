import { ApiError } from "../errors/api-error";

/** Calls AWS. @throws ApiError that names the IAM action */
export async function callAws<T>(action: string, request: () => Promise<T>): Promise<T> {
  try {
    return await request();
  } catch (error) {
    // The call that fetches credentials failed within this one.
    if (error instanceof ApiError) throw error;
    const { name, Code, message, $metadata } = error as {
      name?: string;
      Code?: string;
      message?: string;
      $metadata?: { httpStatusCode?: number };
    };
    // A response has a status code; a failure before the response (DNS, TLS, timeout) has none.
    const answered = $metadata?.httpStatusCode !== undefined || name === "CredentialsProviderError";
    const code = answered ? (Code ?? name ?? "Unknown") : name === "AbortError" ? "RunEnded" : "NetworkError";
    throw new ApiError(action, code, message || code, { cause: error });
  }
}

/** Reads every page of an SDK paginator. @throws ApiError that names the IAM action */
export async function* readPages<Page>(
  action: string,
  paginator: AsyncIterator<Page>,
): AsyncGenerator<Page, void> {
  for (;;) {
    const page = await callAws(action, () => paginator.next());
    if (page.done) return;
    yield page.value;
  }
}
