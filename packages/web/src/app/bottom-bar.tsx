import { Link } from "@tanstack/react-router";
import { Compass, Ellipsis, LogOut, Search } from "lucide-react";
import { useState } from "react";
import { useMe } from "../api/use-me.ts";
import { Button } from "../components/button.tsx";
import { classNames } from "../components/class-names.ts";
import { Dialog } from "../components/dialog.tsx";
import { ThemeChoice, useSignOut } from "./account-menu.tsx";
import { type NavigationItem, pagesFor } from "./navigation.ts";

const itemClass = classNames(
  "flex min-w-0 grow basis-0 flex-col items-center gap-0.5 rounded-md py-1.5 text-xs text-ink-2",
  "aria-[current=page]:font-medium aria-[current=page]:text-accent",
);

interface BottomBarProps {
  readonly onSearch: () => void;
  readonly onTour: () => void;
}

/** Phones: three pages at the thumb, the rest behind More. */
export const BottomBar = ({ onSearch, onTour }: BottomBarProps) => {
  const [isMoreOpen, setMoreOpen] = useState(false);
  const pages = pagesFor(useMe()?.permissions ?? []).flatMap(({ items }) => items);
  const close = () => setMoreOpen(false);
  return (
    <>
      <nav
        aria-label="Pages"
        data-tour="pages"
        className="fixed inset-x-0 bottom-0 z-40 flex border-t border-line bg-surface px-2 pb-[env(safe-area-inset-bottom)] md:hidden print:hidden"
      >
        {pages.slice(0, 3).map((page) => (
          <BarLink key={page.to} page={page} />
        ))}
        <button type="button" className={itemClass} onClick={onSearch} data-tour="search">
          <Search size={20} aria-hidden />
          Jump to
        </button>
        <button type="button" className={itemClass} onClick={() => setMoreOpen(true)}>
          <Ellipsis size={20} aria-hidden />
          More
        </button>
      </nav>
      <Dialog isOpen={isMoreOpen} onClose={close} title="More">
        <MoreSheet pages={pages.slice(3)} onClose={close} onTour={onTour} />
      </Dialog>
    </>
  );
};

const BarLink = ({ page: { to, title, icon: Icon } }: { readonly page: NavigationItem }) => (
  <Link to={to} activeOptions={{ exact: to === "/", includeSearch: false }} className={itemClass}>
    <Icon size={20} aria-hidden />
    {title}
  </Link>
);

interface MoreSheetProps {
  readonly pages: readonly NavigationItem[];
  readonly onClose: () => void;
  readonly onTour: () => void;
}

const MoreSheet = ({ pages, onClose, onTour }: MoreSheetProps) => {
  const me = useMe();
  const leave = useSignOut();
  return (
    <div className="flex flex-col gap-4 p-4">
      {pages.length > 0 && (
        <ul className="flex flex-col">
          {pages.map(({ to, title, icon: Icon }) => (
            <li key={to}>
              <Link to={to} onClick={onClose} className="flex h-11 items-center gap-3">
                <Icon size={18} aria-hidden className="text-ink-3" />
                {title}
              </Link>
            </li>
          ))}
        </ul>
      )}
      {me !== undefined && (
        <p className="text-sm">
          <span className="font-medium">{me.name}</span>
          <span className="text-ink-3"> · {me.role}</span>
          {me.scope.kind !== "all" && <span className="block text-ink-2">You see {me.scope.text}.</span>}
        </p>
      )}
      <ThemeChoice />
      <div className="flex gap-2">
        <Button
          onClick={() => {
            onClose();
            onTour();
          }}
        >
          <Compass size={16} aria-hidden /> Tour
        </Button>
        <Button onClick={leave}>
          <LogOut size={16} aria-hidden /> Sign out
        </Button>
      </div>
    </div>
  );
};
