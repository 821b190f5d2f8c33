import fc from "fast-check";

// Text with a meaning in Markdown, GitHub, HTML or a terminal, and any other character.
const piece = fc.oneof(
  fc.constantFrom(
    ...["@octocat", "#12", "org/repo#7", "GH-3", "www.evil.example", "https://evil.example", "a@b.example"],
    ...["`", "```", "|", "\\", "\\|", "<img src=x onerror=alert(1)>", "</code>", "</details>", "<!--", "-->"],
    ...[
      "[x](javascript:alert(1))",
      "![x](//evil)",
      "**",
      "_",
      "~~",
      "\n\n",
      "\r",
      "\n- ",
      "\n# ",
      "> ",
      "&lt;",
    ],
    ...["\u202e", "\u200b", "\ufeff", "\u2066", "\ud800", ":tada:", "$x$", "deadbeef1234567", "\u001b[31m"],
  ),
  fc.string({ unit: "binary" }),
);
/** Arbitrary text that tries to break out of the place it is put in. */
export const hostileText = fc.array(piece, { maxLength: 8 }).map((parts) => parts.join(""));
