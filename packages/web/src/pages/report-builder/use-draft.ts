import { useEffect, useState } from "react";
import type { Definition } from "../../components/report/report-types.ts";

/** A report on somebody's table, and what it was made of. */
export interface Draft {
  readonly definition: Definition;
  /** The saved version that it changes; absent: it is new. */
  readonly version?: number | undefined;
  readonly at: string;
}

const keyOf = (person: string, report: string): string => `trimtab.report-draft.${person}.${report}`;

const readDraft = (key: string): Draft | undefined => {
  try {
    const text = localStorage.getItem(key);
    if (text === null) return undefined;
    const found = JSON.parse(text) as Partial<Draft>;
    // it was written by another version of the page, or by hand
    const isDraft = Array.isArray(found.definition?.blocks) && typeof found.at === "string";
    return isDraft ? (found as Draft) : undefined;
  } catch {
    return undefined;
  }
};

const keep = (key: string, draft: Draft | undefined): void => {
  try {
    if (draft === undefined) localStorage.removeItem(key);
    else localStorage.setItem(key, JSON.stringify(draft));
  } catch {
    // nothing to keep it in: leaving the page warns anyway
  }
};

interface DraftProps {
  readonly person: string;
  /** Its id, or what a new one is made of. */
  readonly report: string;
  readonly saved: Definition;
  readonly version?: number | undefined;
}

/** The same whatever the order in which members were written. */
const canonical = (definition: Definition): string =>
  JSON.stringify(definition, (_key, value: unknown) =>
    typeof value === "object" && value !== null && !Array.isArray(value)
      ? Object.fromEntries(Object.entries(value).toSorted(([a], [b]) => (a < b ? -1 : 1)))
      : value,
  );

/** The definition as it is changed here; what is not saved stays in this browser, for this person. */
export const useDraft = ({ person, report, saved, version }: DraftProps) => {
  const key = keyOf(person, report);
  const [kept] = useState(() => readDraft(key));
  const [definition, setDefinition] = useState<Definition>(kept?.definition ?? saved);
  const [isShown, setShown] = useState(kept !== undefined);
  const isDirty = canonical(definition) !== canonical(saved);
  const base = kept !== undefined && isShown ? kept.version : version;
  useEffect(() => {
    keep(key, isDirty ? { definition, version: base, at: new Date().toISOString() } : undefined);
  }, [key, definition, base, isDirty]);
  return {
    definition,
    setDefinition,
    isDirty,
    /** When what was found here had been changed; absent: nothing was found. */
    keptAt: isShown && isDirty ? kept?.at : undefined,
    version: base,
    discard: () => {
      setDefinition(saved);
      setShown(false);
    },
    forget: () => keep(key, undefined),
  };
};
