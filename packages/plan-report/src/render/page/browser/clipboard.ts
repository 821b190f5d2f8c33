/**
 * Copies a text and says so. Where the browser does not let a page copy, the text is in the message, to be selected.
 *
 * @param status live region of the page
 */
export async function copyText(text: string, status: HTMLElement): Promise<void> {
  const isCopied = await write(text);
  status.textContent = isCopied ? `Copied ${text}` : `This browser does not let the page copy: ${text}`;
}

async function write(text: string): Promise<boolean> {
  // Only pages from a trustworthy origin have a clipboard; browsers disagree about files.
  if (!("clipboard" in navigator)) return false;
  return navigator.clipboard.writeText(text).then(
    () => true,
    () => false,
  );
}
