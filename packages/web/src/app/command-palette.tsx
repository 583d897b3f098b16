import { useNavigate } from "@tanstack/react-router";
import { ChartColumnStacked, CornerDownLeft, type LucideIcon, Moon, Sun } from "lucide-react";
import { type KeyboardEvent, useId, useState } from "react";
import { useMe } from "../api/use-me.ts";
import { classNames } from "../components/class-names.ts";
import { Dialog } from "../components/dialog.tsx";
import { chooseTheme } from "../design/theme.ts";
import { COMMON_DIMENSIONS, dimensionTitle } from "../format/dimension-names.ts";
import { pagesFor } from "./navigation.ts";

interface Command {
  readonly title: string;
  readonly about: string;
  readonly icon: LucideIcon;
  readonly run: () => void;
}

const useCommands = (): readonly Command[] => {
  const navigate = useNavigate();
  const pages = pagesFor(useMe()?.permissions ?? []).flatMap(({ items }) => items);
  return [
    ...pages.map(({ to, title, about, icon }) => ({ title, about, icon, run: () => void navigate({ to }) })),
    ...COMMON_DIMENSIONS.map((name) => ({
      title: `Cost by ${dimensionTitle(name).toLowerCase()}`,
      about: "Explorer",
      icon: ChartColumnStacked,
      run: () => void navigate({ to: "/explorer", search: { by: [name] } }),
    })),
    { title: "Light theme", about: "Look", icon: Sun, run: () => chooseTheme("light") },
    { title: "Dark theme", about: "Look", icon: Moon, run: () => chooseTheme("dark") },
  ];
};

/** Every word that is typed begins a word of the command. */
const matches = (command: Command, typed: string): boolean => {
  const words = `${command.title} ${command.about}`.toLowerCase();
  return typed
    .toLowerCase()
    .split(/\s+/)
    .every((part) => words.includes(part));
};

/** Ctrl K: jump to a page or a question by typing a few letters. */
export const CommandPalette = ({ onClose }: { readonly onClose: () => void }) => {
  const [typed, setTyped] = useState("");
  const [chosen, setChosen] = useState(0);
  const id = useId();
  const found = useCommands().filter((command) => matches(command, typed));
  const active = Math.min(chosen, Math.max(0, found.length - 1));
  const run = (command: Command | undefined) => {
    if (command === undefined) return;
    onClose();
    command.run();
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === "ArrowDown") setChosen((active + 1) % Math.max(1, found.length));
    else if (event.key === "ArrowUp") setChosen((active + found.length - 1) % Math.max(1, found.length));
    else if (event.key === "Enter") run(found[active]);
    else return;
    event.preventDefault();
  };
  return (
    <Dialog isOpen onClose={onClose} title="Jump to" place="top" isTitleHidden>
      <input
        autoFocus
        role="combobox"
        aria-expanded="true"
        aria-controls={`${id}-list`}
        aria-activedescendant={found.length > 0 ? `${id}-${active}` : undefined}
        aria-label="Page or question"
        placeholder="Page or question…"
        value={typed}
        onChange={(event) => {
          setTyped(event.target.value);
          setChosen(0);
        }}
        onKeyDown={onKeyDown}
        className="h-12 w-full border-b border-line bg-transparent px-4 text-lg outline-none placeholder:text-ink-3"
      />
      <div role="listbox" id={`${id}-list`} aria-label="Found" className="p-1.5">
        {found.map((command, index) => (
          // biome-ignore lint/a11y/useKeyWithClickEvents: keys go to the combobox
          <div
            key={command.title}
            id={`${id}-${index}`}
            role="option"
            tabIndex={-1}
            aria-selected={index === active}
            onClick={() => run(command)}
            onMouseMove={() => setChosen(index)}
            className={classNames(
              "flex min-h-10 items-center gap-3 rounded-md px-2.5",
              index === active && "bg-accent-soft",
            )}
          >
            <command.icon size={16} aria-hidden className="text-ink-3" />
            <span className="font-medium">{command.title}</span>
            <span className="grow truncate text-sm text-ink-3">{command.about}</span>
            {index === active && <CornerDownLeft size={14} aria-hidden className="text-ink-3" />}
          </div>
        ))}
      </div>
      {found.length === 0 && (
        <p role="status" className="px-4 pb-4 text-sm text-ink-3">
          Nothing is called that. Try a page, or what to see costs by.
        </p>
      )}
    </Dialog>
  );
};
