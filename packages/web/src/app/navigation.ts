import {
  ChartColumnStacked,
  ClipboardCheck,
  Database,
  FileText,
  LayoutDashboard,
  Lightbulb,
  ListChecks,
  type LucideIcon,
  Settings,
} from "lucide-react";
import type { Permission } from "../api/use-me.ts";

/** A page in the sidebar, the bottom bar and the command palette. */
export interface NavigationItem {
  readonly to:
    | "/"
    | "/explorer"
    | "/reports"
    | "/recommendations"
    | "/plans"
    | "/programme"
    | "/data"
    | "/settings";
  readonly title: string;
  readonly about: string;
  readonly icon: LucideIcon;
  /** Absent: whoever may read. */
  readonly permission?: Permission;
}

/** Pages by what one comes for; a page is named here once it has something to show. */
export const NAVIGATION: readonly { readonly title: string; readonly items: readonly NavigationItem[] }[] = [
  {
    title: "See",
    items: [
      {
        to: "/",
        title: "Overview",
        about: "What is spent, what changed, what to do now",
        icon: LayoutDashboard,
      },
      {
        to: "/explorer",
        title: "Explorer",
        about: "Any cost by any dimension, down to the bill lines",
        icon: ChartColumnStacked,
      },
      {
        to: "/reports",
        title: "Reports",
        about: "Reports to download, share and start from a template; saved views",
        icon: FileText,
      },
    ],
  },
  {
    title: "Save",
    items: [
      {
        to: "/recommendations",
        title: "Recommendations",
        about: "What to change, what it saves, and what it risks",
        icon: Lightbulb,
      },
      {
        to: "/plans",
        title: "Plans",
        about: "Accepted changes: approve, dry run, carry out, watch, take back, prove",
        icon: ClipboardCheck,
      },
      {
        to: "/programme",
        title: "Programme",
        about: "The work that brings spend to its target, and what it really saved",
        icon: ListChecks,
      },
    ],
  },
  {
    title: "Trust",
    items: [
      {
        to: "/data",
        title: "Data",
        about: "Where the numbers come from, and whether they match the bills",
        icon: Database,
      },
    ],
  },
  {
    title: "Set up",
    items: [
      {
        to: "/settings",
        title: "Settings",
        about: "Profile, people, teams, tokens, channels, schedules, branding, audit log",
        icon: Settings,
      },
    ],
  },
];

/** What somebody with these permissions can open. */
export const pagesFor = (permissions: readonly Permission[]): typeof NAVIGATION =>
  NAVIGATION.map((group) => ({
    ...group,
    items: group.items.filter(
      ({ permission }) => permission === undefined || permissions.includes(permission),
    ),
  })).filter(({ items }) => items.length > 0);
