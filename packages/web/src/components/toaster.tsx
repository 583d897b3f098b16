import { CircleCheck, TriangleAlert, X } from "lucide-react";
import { useSyncExternalStore } from "react";
import { IconButton } from "./button.tsx";

interface Toast {
  readonly id: number;
  readonly kind: "done" | "failed";
  readonly text: string;
}

let toasts: readonly Toast[] = [];
let nextId = 1;
const listeners = new Set<() => void>();

const change = (next: readonly Toast[]): void => {
  toasts = next;
  for (const listener of listeners) listener();
};

const dismiss = (id: number): void => change(toasts.filter((toast) => toast.id !== id));

/** Says in passing that something was done, or why not. What a reader must act on belongs in the page. */
export const toast = (text: string, kind: Toast["kind"] = "done"): void => {
  const id = nextId++;
  change([...toasts.slice(-2), { id, kind, text }]);
  setTimeout(() => dismiss(id), kind === "done" ? 4000 : 9000);
};

const subscribe = (listener: () => void): (() => void) => {
  listeners.add(listener);
  return () => listeners.delete(listener);
};

export const Toaster = () => {
  const shown = useSyncExternalStore(subscribe, () => toasts);
  return (
    <div
      role="status"
      aria-live="polite"
      className="pointer-events-none fixed inset-x-0 bottom-20 z-50 flex flex-col items-center gap-2 px-4 md:bottom-6"
    >
      {shown.map(({ id, kind, text }) => (
        <div
          key={id}
          className="float-in pointer-events-auto flex max-w-md items-center gap-2 rounded-lg border border-line-strong bg-raised py-1 pr-1 pl-3 text-sm shadow-float"
        >
          {kind === "done" ? (
            <CircleCheck size={16} aria-hidden className="shrink-0 text-down" />
          ) : (
            <TriangleAlert size={16} aria-hidden className="shrink-0 text-danger" />
          )}
          <span>{text}</span>
          <IconButton label="Dismiss" onClick={() => dismiss(id)}>
            <X size={14} aria-hidden />
          </IconButton>
        </div>
      ))}
    </div>
  );
};
