import { createContext, type ReactNode, useContext } from "react";

/** What one must know of a number to trust it. */
export interface FigureMeta {
  readonly currency: string;
  /** E.g. `effective cost; with tax, credits, support; by time of charge`. */
  readonly basis: string;
  /** Newest moment up to which the bills were delivered; null: unknown. */
  readonly completeTo: string | null;
  /** `open`: the provider may still change it. */
  readonly status?: "open" | "closed" | undefined;
  /** Half-open days. */
  readonly period?: { readonly start: string; readonly end: string } | undefined;
  readonly lakeVersion?: number | undefined;
}

const Context = createContext<FigureMeta | undefined>(undefined);

/** Says it once for all figures below. */
export const FigureMetaProvider = ({
  meta,
  children,
}: {
  readonly meta: FigureMeta;
  readonly children: ReactNode;
}) => <Context value={meta}>{children}</Context>;

export const useFigureMeta = (): FigureMeta | undefined => useContext(Context);
