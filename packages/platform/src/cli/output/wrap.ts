/** Breaks a text at its spaces into lines of at most `room`; a longer word gets a line of its own. */
export function wrapWords(
  text: string,
  room: number,
  widthOf: (text: string) => number = (plain) => plain.length,
): string[] {
  const lines: string[] = [];
  let line = "";
  for (const word of text.split(" ")) {
    const extended = line === "" ? word : `${line} ${word}`;
    if (line !== "" && widthOf(extended) > room) {
      lines.push(line);
      line = word;
    } else {
      line = extended;
    }
  }
  return [...lines, line];
}
