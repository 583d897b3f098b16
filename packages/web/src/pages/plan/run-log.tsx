import { useEffect, useRef } from "react";
import { Card } from "../../components/card.tsx";
import type { PlanRun } from "./plan-search.ts";

const timeOnly = new Intl.DateTimeFormat(navigator.language, { timeStyle: "medium" });

/** What the run says, line by line; it follows the newest unless somebody scrolled up to read. */
export const RunLog = ({ run }: { readonly run: PlanRun }) => {
  const box = useRef<HTMLDivElement>(null);
  const isFollowing = useRef(true);
  const count = run.lines.length;
  // biome-ignore lint/correctness/useExhaustiveDependencies: a new line is what moves it
  useEffect(() => {
    const element = box.current;
    if (element !== null && isFollowing.current) element.scrollTop = element.scrollHeight;
  }, [count]);
  return (
    <Card title="Log" about="Of this run, while the server that began it is up" isFlush>
      {count === 0 ? (
        <p className="px-4 pb-2 text-ink-3">Nothing was said yet.</p>
      ) : (
        <div
          ref={box}
          // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard
          tabIndex={0}
          aria-label="Log lines"
          role="log"
          onScroll={({ currentTarget: { scrollHeight, scrollTop, clientHeight } }) => {
            isFollowing.current = scrollHeight - scrollTop - clientHeight < 24;
          }}
          className="max-h-72 overflow-y-auto px-4 pb-2 font-mono text-xs"
        >
          {run.lines.map(({ at, text }, index) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: lines are only added
            <p key={index} className="flex gap-3 py-0.5">
              <time dateTime={at} className="shrink-0 text-ink-3">
                {timeOnly.format(new Date(at))}
              </time>
              <span className="min-w-0 break-words">{text}</span>
            </p>
          ))}
        </div>
      )}
    </Card>
  );
};
