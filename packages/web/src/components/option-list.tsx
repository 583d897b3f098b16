import { Check } from "lucide-react";
import {
  type KeyboardEvent,
  type MouseEvent,
  memo,
  type ReactNode,
  useDeferredValue,
  useId,
  useState,
} from "react";
import { classNames } from "./class-names.ts";

export interface Option {
  readonly value: string;
  readonly title: string;
  readonly note?: ReactNode;
}

interface OptionListProps {
  /** What is chosen here. */
  readonly label: string;
  readonly options: readonly Option[];
  readonly chosen: ReadonlySet<string>;
  readonly onToggle: (value: string) => void;
  readonly typed: string;
  readonly onType: (typed: string) => void;
  readonly placeholder: string;
  /** Shown instead of nothing. */
  readonly empty: ReactNode;
  readonly isMultiple?: boolean;
}

const NOT_YET: readonly Option[] = [];

/** Which option an event happened on. */
const indexOf = ({ target }: MouseEvent): number | undefined => {
  const row = target instanceof Element ? target.closest<HTMLElement>("[data-index]") : null;
  return row === null ? undefined : Number(row.dataset.index);
};

/**
 * A list that one types to shorten: arrows move, Enter chooses. What is typed shows at once; a long list follows, and only
 * those of its options that look different are drawn again.
 */
export const OptionList = (props: OptionListProps) => {
  const { label, options, chosen, onToggle, typed, onType, placeholder, empty, isMultiple = false } = props;
  const [at, setAt] = useState(0);
  const shown = useDeferredValue(options, NOT_YET);
  const id = useId();
  const active = Math.min(at, Math.max(0, options.length - 1));
  const move = (to: number) => {
    setAt(to);
    document.getElementById(`${id}-${to}`)?.scrollIntoView({ block: "nearest" });
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const option = options[active];
    if (event.key === "ArrowDown") move(Math.min(active + 1, options.length - 1));
    else if (event.key === "ArrowUp") move(Math.max(active - 1, 0));
    else if (event.key === "Enter" && option !== undefined) onToggle(option.value);
    else return;
    event.preventDefault();
  };
  return (
    <div className="flex flex-col gap-1.5">
      <input
        // biome-ignore lint/a11y/noAutofocus: the list was opened to choose from it
        autoFocus
        role="combobox"
        aria-expanded="true"
        aria-controls={`${id}-list`}
        aria-activedescendant={options.length > 0 ? `${id}-${active}` : undefined}
        aria-label={label}
        placeholder={placeholder}
        value={typed}
        onChange={(event) => {
          onType(event.target.value);
          setAt(0);
        }}
        onKeyDown={onKeyDown}
        className="h-8 rounded-md border border-control bg-surface px-2.5 text-sm placeholder:text-ink-3 max-md:h-10"
      />
      {/* biome-ignore lint/a11y/useKeyWithClickEvents: keys go to the combobox */}
      <div
        role="listbox"
        tabIndex={-1}
        id={`${id}-list`}
        aria-label={label}
        aria-multiselectable={isMultiple}
        onClick={(event) => {
          const option = shown[indexOf(event) ?? -1];
          if (option !== undefined) onToggle(option.value);
        }}
        onMouseMove={(event) => setAt((current) => indexOf(event) ?? current)}
        className="max-h-72 overflow-y-auto"
      >
        {shown.map(({ value, title, note }, index) => (
          <OptionRow
            key={value}
            id={`${id}-${index}`}
            index={index}
            title={title}
            note={note}
            isChosen={chosen.has(value)}
            isActive={index === active}
          />
        ))}
      </div>
      {options.length === 0 && <div className="px-2 pb-1 text-ink-3">{empty}</div>}
    </div>
  );
};

interface OptionRowProps {
  readonly id: string;
  readonly index: number;
  readonly title: string;
  readonly note: ReactNode;
  readonly isChosen: boolean;
  readonly isActive: boolean;
}

const OptionRow = memo(({ id, index, title, note, isChosen, isActive }: OptionRowProps) => (
  <div
    id={id}
    data-index={index}
    role="option"
    tabIndex={-1}
    aria-selected={isChosen}
    className={classNames(
      "flex min-h-8 items-center gap-2 rounded-md px-2 max-md:min-h-10",
      isActive && "bg-sunken",
    )}
  >
    <span className="flex size-4 shrink-0 items-center justify-center text-accent">
      {isChosen && <Check size={15} aria-hidden />}
    </span>
    <span className="min-w-0 grow truncate" title={title}>
      {title}
    </span>
    {note !== undefined && <span className="num shrink-0 text-xs text-ink-3">{note}</span>}
  </div>
));
