import { useEffect, useState } from "react";
import { Button } from "../components/button.tsx";

const steps = [
  {
    target: "pages",
    title: "Two ways to look",
    text: "Overview tells the month at a glance. Explorer answers any other question, by service, account, region or tag.",
  },
  {
    target: "figures",
    title: "Numbers you can check",
    text: "Every figure has a small mark: what it counts, its currency, how far the bills reach, and whether the provider may still change them.",
  },
  {
    target: "changes",
    title: "What changed, and why",
    text: "Changes are split exactly: use, price, discounts, new and gone resources. Press one to see it in the Explorer, down to the bill lines.",
  },
  {
    target: "search",
    title: "Jump anywhere",
    text: "“Jump to” (Ctrl K, ⌘ K) opens a box that knows every page and the common questions. What you see is always in the address: send it to a colleague.",
  },
] as const;

/** Marks what the step speaks of, where the page shows it. */
const useMarked = (target: string): void => {
  useEffect(() => {
    // phones have the pages at the bottom, other screens at the side
    const places = [...document.querySelectorAll(`[data-tour="${target}"]`)];
    const marked = places.find((place) => place.checkVisibility());
    if (marked === undefined) return;
    marked.setAttribute("data-tour-active", "");
    marked.scrollIntoView({ block: "start" });
    return () => marked.removeAttribute("data-tour-active");
  }, [target]);
};

/** Four cards beside the page, which stays usable; Escape ends it. */
export const Tour = ({ onClose }: { readonly onClose: () => void }) => {
  const [index, setIndex] = useState(0);
  const step = steps[index] ?? steps[0];
  const isLast = index === steps.length - 1;
  useMarked(step.target);
  useEffect(() => {
    const listen = (event: KeyboardEvent) => event.key === "Escape" && onClose();
    addEventListener("keydown", listen);
    return () => removeEventListener("keydown", listen);
  }, [onClose]);
  return (
    <section
      aria-label="Tour"
      className="float-in fixed right-4 bottom-20 z-40 w-[min(22rem,calc(100vw-2rem))] rounded-xl border border-line-strong bg-raised p-4 shadow-float md:right-6 md:bottom-6"
    >
      <p className="text-xs text-ink-3">
        {index + 1} of {steps.length}
      </p>
      <div aria-live="polite">
        <h2 className="mt-0.5 text-base font-semibold">{step.title}</h2>
        <p className="mt-1 text-sm text-ink-2">{step.text}</p>
      </div>
      <div className="mt-3 flex justify-between gap-2">
        <Button kind="quiet" size="sm" onClick={onClose}>
          {isLast ? "Close" : "Skip"}
        </Button>
        <Button
          kind="primary"
          size="sm"
          onClick={() => (isLast ? onClose() : setIndex((current) => current + 1))}
        >
          {isLast ? "Done" : "Next"}
        </Button>
      </div>
    </section>
  );
};
