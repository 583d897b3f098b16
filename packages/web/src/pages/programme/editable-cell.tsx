import { type KeyboardEvent, useEffect, useRef, useState } from "react";
import { classNames } from "../../components/class-names.ts";

interface EditableCellProps {
  /** What is edited, e.g. Owner of Auto-scaling. */
  readonly label: string;
  readonly kind: "text" | "date";
  readonly value: string;
  /** As it is read; empty: not set. */
  readonly shown: string;
  readonly isSaving: boolean;
  readonly onSave: (value: string) => void;
}

/** Press it to edit where it stands: Enter or leaving keeps, Escape takes back. */
export const EditableCell = ({ label, kind, value, shown, isSaving, onSave }: EditableCellProps) => {
  const [draft, setDraft] = useState<string>();
  const input = useRef<HTMLInputElement>(null);
  const isOpen = draft !== undefined;
  useEffect(() => {
    if (isOpen) input.current?.focus();
  }, [isOpen]);
  const finish = () => {
    const next = draft?.trim();
    setDraft(undefined);
    if (next !== undefined && next !== value) onSave(next);
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === "Enter") finish();
    if (event.key === "Escape") setDraft(undefined);
  };
  if (draft !== undefined) {
    return (
      <input
        ref={input}
        type={kind}
        aria-label={label}
        value={draft}
        maxLength={320}
        onChange={(event) => setDraft(event.target.value)}
        onBlur={finish}
        onKeyDown={onKeyDown}
        className="h-8 w-full min-w-32 rounded-md border border-control bg-surface px-2 text-sm"
      />
    );
  }
  return (
    <button
      type="button"
      disabled={isSaving}
      onClick={() => setDraft(value)}
      className={classNames(
        "num -mx-1.5 min-h-7 rounded-md border border-transparent px-1.5 text-left hover:border-line-strong hover:bg-surface",
        shown === "" && "text-ink-3",
        isSaving && "opacity-60",
      )}
    >
      {shown === "" ? "Set" : shown}
      <span className="sr-only">, {label}: change</span>
    </button>
  );
};
