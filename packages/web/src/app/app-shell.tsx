import { Outlet } from "@tanstack/react-router";
import { lazy, Suspense, useState } from "react";
import { useServerEvents } from "../api/use-server-events.ts";
import { BottomBar } from "./bottom-bar.tsx";
import { Sidebar } from "./sidebar.tsx";
import { useHotkey } from "./use-hotkey.ts";
import { useTour } from "./use-tour.ts";

const CommandPalette = lazy(() =>
  import("./command-palette.tsx").then(({ CommandPalette }) => ({ default: CommandPalette })),
);
const Tour = lazy(() => import("./tour.tsx").then(({ Tour }) => ({ default: Tour })));

/** What stands around every page of those who are signed in. */
export const AppShell = () => {
  const [isPaletteOpen, setPaletteOpen] = useState(false);
  const tour = useTour();
  useServerEvents();
  useHotkey("k", () => setPaletteOpen((isOpen) => !isOpen));
  return (
    <div className="min-h-dvh print:block md:not-print:grid md:grid-cols-[4rem_minmax(0,1fr)] lg:grid-cols-[14.5rem_minmax(0,1fr)]">
      <a
        href="#main"
        className="sr-only focus:not-sr-only focus:fixed focus:top-2 focus:left-2 focus:z-50 focus:rounded-md focus:bg-raised focus:px-3 focus:py-2 focus:shadow-float"
      >
        Skip to content
      </a>
      <Sidebar onSearch={() => setPaletteOpen(true)} onTour={tour.start} />
      <main
        id="main"
        tabIndex={-1}
        className="mx-auto w-full max-w-[100rem] min-w-0 px-4 pt-4 pb-24 outline-none md:px-6 md:pt-5 md:pb-10"
      >
        <Outlet />
      </main>
      <BottomBar onSearch={() => setPaletteOpen(true)} onTour={tour.start} />
      <Suspense>
        {isPaletteOpen && <CommandPalette onClose={() => setPaletteOpen(false)} />}
        {tour.isOpen && <Tour onClose={tour.finish} />}
      </Suspense>
    </div>
  );
};
