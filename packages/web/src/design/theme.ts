import { useSyncExternalStore } from "react";

export type ThemeChoice = "light" | "dark" | "system";

const key = "trimtab.theme";
/** `public/theme.js` listens to it and sets `data-theme`. */
const changed = "trimtab:theme";

const readThemeChoice = (): ThemeChoice => {
  try {
    const stored = localStorage.getItem(key);
    return stored === "light" || stored === "dark" ? stored : "system";
  } catch {
    return "system";
  }
};

export const chooseTheme = (choice: ThemeChoice): void => {
  try {
    if (choice === "system") localStorage.removeItem(key);
    else localStorage.setItem(key, choice);
  } catch {
    // nothing to remember it in: the choice can't be kept
  }
  dispatchEvent(new Event(changed));
};

const watch = (onChange: () => void): (() => void) => {
  const observer = new MutationObserver(onChange);
  observer.observe(document.documentElement, { attributeFilter: ["data-theme"] });
  addEventListener(changed, onChange);
  return () => {
    observer.disconnect();
    removeEventListener(changed, onChange);
  };
};

/** What is shown, whoever chose it. */
export const useTheme = (): "light" | "dark" =>
  useSyncExternalStore(watch, () => (document.documentElement.dataset.theme === "dark" ? "dark" : "light"));

export const useThemeChoice = (): ThemeChoice => useSyncExternalStore(watch, readThemeChoice);
