import { Link } from "@tanstack/react-router";
import { Search } from "lucide-react";
import { useMe } from "../api/use-me.ts";
import { classNames } from "../components/class-names.ts";
import { useBranding } from "../design/use-branding.ts";
import { AccountMenu } from "./account-menu.tsx";
import { Logo } from "./logo.tsx";
import { pagesFor } from "./navigation.ts";

const isMac = navigator.platform.startsWith("Mac");

interface SidebarProps {
  readonly onSearch: () => void;
  readonly onTour: () => void;
}

/** Wide screens: names; narrower ones: a rail of icons; phones have the bottom bar. */
export const Sidebar = ({ onSearch, onTour }: SidebarProps) => {
  const me = useMe();
  const { name: brand, logo } = useBranding();
  return (
    <aside className="sticky top-0 hidden h-dvh flex-col gap-3 border-r border-line bg-surface px-3 py-4 md:not-print:flex">
      <Link to="/" className="flex items-center gap-2.5 rounded-md px-1.5 py-1 max-lg:justify-center">
        <Logo source={logo} />
        <span className="text-lg font-semibold tracking-tight max-lg:sr-only">{brand ?? "Trimtab"}</span>
      </Link>
      <button
        type="button"
        onClick={onSearch}
        data-tour="search"
        className="flex h-8 items-center gap-2 rounded-md border border-line-strong bg-canvas px-2 text-sm text-ink-3 hover:border-control hover:text-ink max-lg:justify-center"
      >
        <Search size={15} aria-hidden />
        <span className="grow text-left max-lg:sr-only">Jump to…</span>
        <kbd aria-hidden className="font-sans text-xs max-lg:hidden">
          {isMac ? "⌘K" : "Ctrl K"}
        </kbd>
      </button>
      <nav
        aria-label="Pages"
        className="flex min-h-0 grow flex-col gap-4 overflow-y-auto -mx-1.5 px-1.5 py-1.5"
      >
        <div className="flex flex-col gap-4" data-tour="pages">
          {pagesFor(me?.permissions ?? []).map(({ title, items }) => (
            <div key={title} className="flex flex-col gap-0.5">
              <p className="px-2 pb-1 text-xs font-medium text-ink-3 max-lg:sr-only">{title}</p>
              {items.map(({ to, title: name, icon: Icon }) => (
                <Link
                  key={to}
                  to={to}
                  title={name}
                  activeOptions={{ exact: to === "/", includeSearch: false }}
                  className={classNames(
                    "flex h-8.5 items-center gap-2.5 rounded-md px-2 text-ink-2 hover:bg-sunken hover:text-ink max-lg:justify-center",
                    "aria-[current=page]:bg-accent-soft aria-[current=page]:font-medium aria-[current=page]:text-ink",
                  )}
                >
                  <Icon size={17} aria-hidden />
                  <span className="max-lg:sr-only">{name}</span>
                </Link>
              ))}
            </div>
          ))}
        </div>
      </nav>
      <AccountMenu onTour={onTour} />
    </aside>
  );
};
