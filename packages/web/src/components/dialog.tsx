import { X } from "lucide-react";
import { type ReactNode, useEffect, useId, useRef } from "react";
import { IconButton } from "./button.tsx";
import { classNames } from "./class-names.ts";

interface DialogProps {
  readonly isOpen: boolean;
  readonly onClose: () => void;
  readonly title: string;
  readonly about?: ReactNode;
  readonly children: ReactNode;
  /** `side`: a sheet at the right (from below on phones), for detail beside what it details. */
  readonly place?: "middle" | "side" | "top";
  readonly isTitleHidden?: boolean;
}

const places = {
  middle: "m-auto w-[min(32rem,calc(100vw-2rem))] rounded-xl max-h-[85dvh]",
  top: "mx-auto mt-[12vh] mb-auto w-[min(38rem,calc(100vw-1.5rem))] rounded-xl max-h-[70dvh]",
  side: "ml-auto mr-0 my-0 h-dvh max-h-dvh w-[min(60rem,100vw)] max-w-none md:rounded-l-xl",
} as const;

/**
 * The browser's own dialog: it keeps the focus, makes the rest inert and closes with Escape, and needs no style of its own
 * at runtime, which the content security policy would refuse.
 */
export const Dialog = ({
  isOpen,
  onClose,
  title,
  about,
  children,
  place = "middle",
  isTitleHidden = false,
}: DialogProps) => {
  const ref = useRef<HTMLDialogElement>(null);
  const id = useId();
  useEffect(() => {
    const dialog = ref.current;
    if (dialog === null) return;
    if (isOpen && !dialog.open) dialog.showModal();
    if (!isOpen && dialog.open) dialog.close();
  }, [isOpen]);
  if (!isOpen) return null;
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: Escape closes a dialog by itself; the click is on its backdrop
    <dialog
      ref={ref}
      aria-labelledby={id}
      onClose={onClose}
      onCancel={onClose}
      onClick={(event) => event.target === ref.current && onClose()}
      className={classNames(
        "float-in overflow-hidden border border-line bg-raised p-0 shadow-float",
        places[place],
      )}
    >
      <div className="flex h-full max-h-[inherit] flex-col">
        <header
          className={classNames(
            "flex items-start justify-between gap-4 border-b border-line px-4 py-3",
            isTitleHidden && "sr-only",
          )}
        >
          <div className="min-w-0">
            <h2 id={id} className="text-lg font-semibold">
              {title}
            </h2>
            {about !== undefined && <p className="text-sm text-ink-3">{about}</p>}
          </div>
          <IconButton label="Close" onClick={onClose}>
            <X size={18} aria-hidden />
          </IconButton>
        </header>
        <div className="min-h-0 grow overflow-y-auto">{children}</div>
      </div>
    </dialog>
  );
};
