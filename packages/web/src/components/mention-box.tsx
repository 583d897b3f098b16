import { type KeyboardEvent, useId, useRef, useState } from "react";
import { classNames } from "./class-names.ts";
import { typedMention, withMention } from "./mention-text.ts";
import { usePeople } from "./use-people.ts";

interface MentionBoxProps {
  readonly label: string;
  readonly value: string;
  readonly onChange: (text: string) => void;
}

/** A text in which `@` offers people: arrows move, Enter or Tab chooses, Escape leaves it. */
export const MentionBox = ({ label, value, onChange }: MentionBoxProps) => {
  const people = usePeople();
  const box = useRef<HTMLTextAreaElement>(null);
  const id = useId();
  const [caret, setCaret] = useState(0);
  const [at, setAt] = useState(0);
  const [isLeft, setIsLeft] = useState(false);
  const typed = isLeft ? undefined : typedMention(value, caret)?.toLowerCase();
  const offered =
    typed === undefined
      ? []
      : people
          .filter((person) => `${person.name} ${person.email ?? ""}`.toLowerCase().includes(typed))
          .slice(0, 6);
  const active = Math.min(at, offered.length - 1);
  const choose = (name: string) => {
    const next = withMention(value, caret, name);
    onChange(next.text);
    setCaret(next.caret);
    setAt(0);
    setIsLeft(true);
    box.current?.focus();
    requestAnimationFrame(() => box.current?.setSelectionRange(next.caret, next.caret));
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const person = offered[active];
    if (person === undefined) return;
    if (event.key === "ArrowDown") setAt(Math.min(active + 1, offered.length - 1));
    else if (event.key === "ArrowUp") setAt(Math.max(active - 1, 0));
    else if (event.key === "Enter" || event.key === "Tab") choose(person.name);
    else if (event.key === "Escape") setIsLeft(true);
    else return;
    event.preventDefault();
  };
  return (
    <div className="relative">
      <textarea
        ref={box}
        rows={3}
        maxLength={10_000}
        aria-label={label}
        aria-autocomplete="list"
        aria-haspopup="listbox"
        aria-controls={`${id}-people`}
        aria-activedescendant={offered.length > 0 ? `${id}-${active}` : undefined}
        placeholder="Ask, explain, decide… @ mentions somebody"
        value={value}
        onChange={(event) => {
          onChange(event.target.value);
          setCaret(event.target.selectionStart);
          setIsLeft(false);
        }}
        onSelect={(event) => setCaret(event.currentTarget.selectionStart)}
        onKeyDown={onKeyDown}
        className="w-full rounded-md border border-control bg-surface px-2.5 py-1.5 text-base placeholder:text-ink-3"
      />
      <div
        role="listbox"
        id={`${id}-people`}
        aria-label="People"
        className={classNames(
          "absolute inset-x-0 z-20 rounded-lg border border-line-strong bg-raised p-1 shadow-float",
          offered.length === 0 && "hidden",
        )}
      >
        {offered.map((person, index) => (
          // biome-ignore lint/a11y/useKeyWithClickEvents: keys go to the text
          <div
            key={person.id}
            id={`${id}-${index}`}
            role="option"
            tabIndex={-1}
            aria-selected={index === active}
            onMouseDown={(event) => event.preventDefault()}
            onClick={() => choose(person.name)}
            className={classNames("min-h-8 truncate rounded-md px-2 py-1.5", index === active && "bg-sunken")}
          >
            {person.name} {person.email !== undefined && <span className="text-ink-3">{person.email}</span>}
          </div>
        ))}
      </div>
    </div>
  );
};
