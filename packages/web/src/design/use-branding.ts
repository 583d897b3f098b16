import { useQuery } from "@tanstack/react-query";
import { useEffect } from "react";
import { type Branding, brandingOptions } from "../api/branding.ts";
import { textOn } from "./colour.ts";
import { useTheme } from "./theme.ts";

const names = ["--accent", "--accent-strong", "--accent-soft", "--on-accent", "--series-1"] as const;

/** Gives the accent's tokens the chosen colour, or lets go of it. */
const applyColour = (colour: string | undefined): void => {
  const { style } = document.documentElement;
  for (const name of names) style.removeProperty(name);
  if (colour === undefined) return;
  style.setProperty("--accent", colour);
  style.setProperty("--accent-strong", `color-mix(in oklab, ${colour} 82%, var(--ink))`);
  style.setProperty("--accent-soft", `color-mix(in oklab, ${colour} 16%, var(--surface))`);
  style.setProperty("--on-accent", textOn(colour));
  style.setProperty("--series-1", colour);
};

/** The company's name, logo and colours; ours until it has said some. */
export const useBranding = (): Branding => {
  const { data } = useQuery(brandingOptions);
  return data ?? { name: null, logo: null, colour: null };
};

/** Once, around everything. */
export const useBrandColour = (): void => {
  const { colour } = useBranding();
  const theme = useTheme();
  useEffect(() => applyColour(colour?.[theme]), [colour, theme]);
};
