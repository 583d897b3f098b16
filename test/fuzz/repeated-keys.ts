/**
 * Whether an object of this JSON text has a key twice: the outermost, or one within. Which of the two counts is up to
 * the reader.
 */
export const repeatedKeys = (json: string): "none" | "outermost" | "within" => {
  const keysByDepth: Set<string>[] = [];
  let within = false;
  const token = /"(?:[^"\\]|\\.)*"|[{}]/g;
  for (let match = token.exec(json); match !== null; match = token.exec(json)) {
    const [text] = match;
    if (text === "{") keysByDepth.push(new Set());
    else if (text === "}") keysByDepth.pop();
    else if (/^\s*:/.test(json.slice(token.lastIndex, token.lastIndex + 20))) {
      const key = String(JSON.parse(text));
      const known = keysByDepth.at(-1);
      if (known?.has(key) && keysByDepth.length === 1) return "outermost";
      if (known?.has(key)) within = true;
      known?.add(key);
    }
  }
  return within ? "within" : "none";
};
