import type { TooltipLine } from "trimtab/charts";

const element = (tag: string, className: string, text?: string): HTMLElement => {
  const made = document.createElement(tag);
  made.className = className;
  if (text !== undefined) made.textContent = text;
  return made;
};

/** Names come from bills and are hostile: text only, never HTML. */
export const tooltipOf = (title: string, lines: readonly TooltipLine[]): HTMLElement => {
  const box = element("div", "min-w-36 max-w-80 text-sm text-ink");
  box.append(element("p", "truncate font-medium", title));
  for (const { name, value, color, isStrong } of lines) {
    const line = element("p", `flex items-center gap-2 ${isStrong ? "font-semibold" : ""}`);
    const dot = element("span", "size-2 shrink-0 rounded-[3px]");
    if (color !== undefined) dot.style.background = color;
    line.append(dot, element("span", "grow truncate", name), element("span", "num pl-3", value));
    box.append(line);
  }
  return box;
};

/** The frame of all tooltips; its look comes from classes, because styles in HTML are refused by the server's policy. */
export const tooltipFrame = {
  appendTo: "body",
  confine: true,
  padding: 0,
  borderWidth: 0,
  backgroundColor: "transparent",
  transitionDuration: 0.08,
  className: "chart-tooltip",
} as const;
