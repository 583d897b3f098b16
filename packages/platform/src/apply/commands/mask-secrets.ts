/** What looks like a secret, wherever it stands. */
const SHAPES: readonly RegExp[] = [
  /\bya29\.[\w.-]+/g,
  /\b(?:AKIA|ASIA)[A-Z0-9]{16}\b/g,
  /\beyJ[\w-]{10,}\.[\w-]{10,}\.[\w-]*/g,
  /-----BEGIN [A-Z ]*PRIVATE KEY-----[\s\S]*?(?:-----END [A-Z ]*PRIVATE KEY-----|$)/g,
  /\b(?:Bearer|Basic) [\w+/=.~-]{8,}/gi,
  /(?<=\/\/[^\s/:@]*:)[^\s/@]+(?=@)/g,
  /(?<=(?:password|secret|token|api[_-]?key|private_key)["']?\s*[:=]\s*["']?)[^\s"',}]{4,}/gi,
];

const SECRET_NAME = /TOKEN|SECRET|PASSWORD|PASSWD|CREDENTIAL|_KEY$|KEY_ID$/i;

/** Replaces secrets of the environment and whatever looks like one. */
export const maskerFor = (env: Readonly<Record<string, string | undefined>>): ((text: string) => string) => {
  const values = Object.entries(env)
    .flatMap(([name, value]) => (SECRET_NAME.test(name) && value && value.length >= 6 ? [value] : []))
    .toSorted((a, b) => b.length - a.length);
  return (text) => {
    const known = values.reduce((masked, value) => masked.replaceAll(value, "•••"), text);
    return SHAPES.reduce((masked, shape) => masked.replace(shape, "•••"), known);
  };
};
