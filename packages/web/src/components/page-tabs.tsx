import { Tabs } from "radix-ui";
import { type ReactNode, useEffect, useRef } from "react";
import { classNames } from "./class-names.ts";

interface PageTabsProps<T extends string> {
  readonly label: string;
  readonly value: T;
  readonly choices: readonly { readonly value: T; readonly title: string; readonly note?: ReactNode }[];
  readonly onChoose: (value: T) => void;
  /** What the chosen tab shows. */
  readonly children: ReactNode;
}

/** Parts of a page, one at a time; the page keeps the chosen one in its address. */
export const PageTabs = <T extends string>({
  label,
  value,
  choices,
  onChoose,
  children,
}: PageTabsProps<T>) => {
  const list = useRef<HTMLDivElement>(null);
  // biome-ignore lint/correctness/useExhaustiveDependencies: a tab that was just chosen may stand beyond a phone's edge
  useEffect(() => {
    const row = list.current;
    const tab = row?.querySelector<HTMLElement>("[data-state=active]");
    if (row && tab) row.scrollLeft = tab.offsetLeft - (row.clientWidth - tab.offsetWidth) / 2;
  }, [value]);
  return (
    <Tabs.Root value={value} onValueChange={(next) => onChoose(next as T)}>
      <Tabs.List
        ref={list}
        aria-label={label}
        className="-mx-4 mb-4 flex gap-1 overflow-x-auto border-b border-line px-4 md:mx-0 md:px-0 print:hidden"
      >
        {choices.map((choice) => (
          <Tabs.Trigger
            key={choice.value}
            value={choice.value}
            className={classNames(
              "-mb-px inline-flex h-9 shrink-0 items-center gap-1.5 border-b-2 border-transparent px-2.5 text-sm whitespace-nowrap text-ink-2 max-md:h-11",
              "-outline-offset-2 hover:text-ink data-[state=active]:border-accent data-[state=active]:font-medium data-[state=active]:text-ink",
            )}
          >
            {choice.title}
            {choice.note !== undefined && (
              <span className="num rounded-full bg-sunken px-1.5 text-xs text-ink-2">{choice.note}</span>
            )}
          </Tabs.Trigger>
        ))}
      </Tabs.List>
      <Tabs.Content value={value} tabIndex={-1} className="outline-none">
        {children}
      </Tabs.Content>
    </Tabs.Root>
  );
};
