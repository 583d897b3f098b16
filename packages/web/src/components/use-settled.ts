import { useEffect, useState } from "react";

/** The value once it has stood still for a moment: what is typed is not asked letter by letter. */
export const useSettled = <T>(value: T, waitMs: number): T => {
  const [settled, setSettled] = useState(value);
  useEffect(() => {
    const timer = setTimeout(() => setSettled(value), waitMs);
    return () => clearTimeout(timer);
  }, [value, waitMs]);
  return settled;
};
