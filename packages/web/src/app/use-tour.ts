import { useState } from "react";

const key = "trimtab.tour";

const wasSeen = (): boolean => {
  try {
    return localStorage.getItem(key) === "seen";
  } catch {
    return true;
  }
};

/** The short tour: shown once a browser, and again when asked for. */
export const useTour = () => {
  const [isOpen, setOpen] = useState(() => !wasSeen());
  return {
    isOpen,
    start: () => setOpen(true),
    finish: () => {
      setOpen(false);
      try {
        localStorage.setItem(key, "seen");
      } catch {
        // nothing to remember it in
      }
    },
  };
};
