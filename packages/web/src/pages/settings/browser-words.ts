/** In the order in which they are looked for: most name those before them, too. */
const BROWSERS = [
  [/\bEdg(?:e|A|iOS)?\//, "Edge"],
  [/\bOPR\/|\bOpera\b/, "Opera"],
  [/\bFirefox\/|\bFxiOS\//, "Firefox"],
  [/\bHeadlessChrome\/|\bChrome\/|\bCriOS\/|\bChromium\//, "Chrome"],
  [/\bSafari\//, "Safari"],
  [/\bcurl\//, "curl"],
] as const;

const SYSTEMS = [
  [/\biPhone\b/, "iPhone"],
  [/\biPad\b/, "iPad"],
  [/\bAndroid\b/, "Android"],
  [/\bWindows\b/, "Windows"],
  [/\bMac OS X\b|\bMacintosh\b/, "Mac"],
  [/\bCrOS\b/, "ChromeOS"],
  [/\bLinux\b/, "Linux"],
] as const;

const named = (text: string, names: readonly (readonly [RegExp, string])[]): string | undefined =>
  names.find(([pattern]) => pattern.test(text))?.[1];

/** How a browser names itself, as people say it: `Firefox on Windows`. It may claim anything: it only helps to tell one's own apart. */
export const browserWords = (userAgent: string | null): string => {
  if (userAgent === null || userAgent === "") return "Unknown browser";
  const browser = named(userAgent, BROWSERS) ?? "Unknown browser";
  const system = named(userAgent, SYSTEMS);
  return system === undefined ? browser : `${browser} on ${system}`;
};
