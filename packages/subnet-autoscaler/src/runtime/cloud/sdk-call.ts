import { ApiError } from "./api-error";

/** Makes one call; its failure becomes an {@link ApiError} that names the IAM action. */
export async function call<T>(action: string, request: () => Promise<T>): Promise<T> {
  try {
    return await request();
  } catch (error) {
    const { name, Code, message, $metadata } = error as {
      name?: string;
      Code?: string;
      message?: string;
      $metadata?: { httpStatusCode?: number };
    };
    // An answer has a status; what fails before one (DNS, TLS, time-out) has none.
    const answered = $metadata?.httpStatusCode !== undefined || name === "CredentialsProviderError";
    const code = answered ? (Code ?? name ?? "Unknown") : "NetworkError";
    throw new ApiError(action, code, message || code, { cause: error });
  }
}

/** Calls page after page until there is no token left. */
export async function eachPage<Page extends { NextToken?: string }>(
  action: string,
  request: (token: string | undefined) => Promise<Page>,
  visit: (page: Page) => void,
): Promise<void> {
  let token: string | undefined;
  do {
    const page = await call(action, () => request(token));
    visit(page);
    token = page.NextToken || undefined;
  } while (token !== undefined);
}
