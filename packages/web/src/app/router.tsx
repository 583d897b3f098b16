import type { QueryClient } from "@tanstack/react-query";
import {
  createRootRouteWithContext,
  createRoute,
  createRouter,
  lazyRouteComponent,
  Outlet,
  redirect,
} from "@tanstack/react-router";
import { ProblemError } from "../api/problem.ts";
import { queryClient } from "../api/query-client.ts";
import { meOptions } from "../api/use-me.ts";
import { Toaster } from "../components/toaster.tsx";
import { useBrandColour } from "../design/use-branding.ts";
import { readDataSearch } from "../pages/data/data-search.ts";
import { readExplorerSearch } from "../pages/explorer/explorer-search.ts";
import { overviewOptions, readOverviewSearch } from "../pages/overview/overview-search.ts";
import { readPlanSearch } from "../pages/plan/plan-search.ts";
import { readNewPlanSearch, readPlansSearch } from "../pages/plans/plans-search.ts";
import { readProgrammeSearch } from "../pages/programme/programme-search.ts";
import { readRecommendationSearch } from "../pages/recommendation/recommendation-search.ts";
import { readRecommendationsSearch } from "../pages/recommendations/recommendations-search.ts";
import { readReportSearch } from "../pages/report/report-search.ts";
import { readBuilderSearch } from "../pages/report-builder/builder-search.ts";
import { readReportsSearch } from "../pages/reports/reports-search.ts";
import { readSettingsSearch } from "../pages/settings/settings-sections.ts";
import { AppShell } from "./app-shell.tsx";
import { FaultPage, FaultScreen, MissingPage, PendingPage } from "./fault-pages.tsx";
import { readWayBack } from "./way-back.ts";

/** Around all pages, also those of people who are not signed in. */
const Everything = () => {
  useBrandColour();
  return (
    <>
      <Outlet />
      <Toaster />
    </>
  );
};

const root = createRootRouteWithContext<{ readonly queryClient: QueryClient }>()({
  component: Everything,
  errorComponent: FaultScreen,
});

const signIn = createRoute({
  getParentRoute: () => root,
  path: "/sign-in",
  validateSearch: readWayBack,
  component: lazyRouteComponent(() => import("../pages/entry/sign-in-page.tsx"), "SignInPage"),
});

const welcome = createRoute({
  getParentRoute: () => root,
  path: "/welcome",
  component: lazyRouteComponent(() => import("../pages/entry/welcome-page.tsx"), "WelcomePage"),
});

/** Everything behind it is for those who are signed in. */
const signedIn = createRoute({
  getParentRoute: () => root,
  id: "signed-in",
  beforeLoad: async ({ context, location }) => {
    try {
      await context.queryClient.ensureQueryData(meOptions);
    } catch (error) {
      if (!(error instanceof ProblemError) || error.status !== 401) throw error;
      throw redirect({ to: "/sign-in", search: { to: location.href } });
    }
  },
  component: AppShell,
  errorComponent: FaultScreen,
});

const overview = createRoute({
  getParentRoute: () => signedIn,
  path: "/",
  validateSearch: readOverviewSearch,
  loaderDeps: ({ search }) => search,
  loader: ({ context, deps }) => {
    void context.queryClient.prefetchQuery(overviewOptions(deps));
  },
  component: lazyRouteComponent(() => import("../pages/overview/overview-page.tsx"), "OverviewPage"),
});

const explorer = createRoute({
  getParentRoute: () => signedIn,
  path: "/explorer",
  validateSearch: readExplorerSearch,
  component: lazyRouteComponent(() => import("../pages/explorer/explorer-page.tsx"), "ExplorerPage"),
});

const recommendations = createRoute({
  getParentRoute: () => signedIn,
  path: "/recommendations",
  validateSearch: readRecommendationsSearch,
  component: lazyRouteComponent(
    () => import("../pages/recommendations/recommendations-page.tsx"),
    "RecommendationsPage",
  ),
});

const recommendation = createRoute({
  getParentRoute: () => signedIn,
  path: "/recommendations/$id",
  validateSearch: readRecommendationSearch,
  component: lazyRouteComponent(
    () => import("../pages/recommendation/recommendation-page.tsx"),
    "RecommendationPage",
  ),
});

const plans = createRoute({
  getParentRoute: () => signedIn,
  path: "/plans",
  validateSearch: readPlansSearch,
  component: lazyRouteComponent(() => import("../pages/plans/plans-page.tsx"), "PlansPage"),
});

const newPlan = createRoute({
  getParentRoute: () => signedIn,
  path: "/plans/new",
  validateSearch: readNewPlanSearch,
  component: lazyRouteComponent(() => import("../pages/plans/new-plan-page.tsx"), "NewPlanPage"),
});

const plan = createRoute({
  getParentRoute: () => signedIn,
  path: "/plans/$id",
  validateSearch: readPlanSearch,
  component: lazyRouteComponent(() => import("../pages/plan/plan-page.tsx"), "PlanPage"),
});

const programmes = createRoute({
  getParentRoute: () => signedIn,
  path: "/programme",
  component: lazyRouteComponent(() => import("../pages/programme/programmes-page.tsx"), "ProgrammesPage"),
});

const programme = createRoute({
  getParentRoute: () => signedIn,
  path: "/programme/$id",
  validateSearch: readProgrammeSearch,
  component: lazyRouteComponent(() => import("../pages/programme/programme-page.tsx"), "ProgrammePage"),
});

const data = createRoute({
  getParentRoute: () => signedIn,
  path: "/data",
  validateSearch: readDataSearch,
  component: lazyRouteComponent(() => import("../pages/data/data-page.tsx"), "DataPage"),
});

const reports = createRoute({
  getParentRoute: () => signedIn,
  path: "/reports",
  validateSearch: readReportsSearch,
  component: lazyRouteComponent(() => import("../pages/reports/reports-page.tsx"), "ReportsPage"),
});

const newReport = createRoute({
  getParentRoute: () => signedIn,
  path: "/reports/new",
  validateSearch: readBuilderSearch,
  component: lazyRouteComponent(() => import("../pages/report-builder/new-report-page.tsx"), "NewReportPage"),
});

const report = createRoute({
  getParentRoute: () => signedIn,
  path: "/reports/$id",
  validateSearch: readReportSearch,
  component: lazyRouteComponent(() => import("../pages/report/report-page.tsx"), "ReportPage"),
});

const editReport = createRoute({
  getParentRoute: () => signedIn,
  path: "/reports/$id/edit",
  validateSearch: readBuilderSearch,
  component: lazyRouteComponent(
    () => import("../pages/report-builder/edit-report-page.tsx"),
    "EditReportPage",
  ),
});

const settings = createRoute({
  getParentRoute: () => signedIn,
  path: "/settings",
  beforeLoad: () => {
    throw redirect({ to: "/settings/$section", params: { section: "profile" } });
  },
});

const settingsSection = createRoute({
  getParentRoute: () => signedIn,
  path: "/settings/$section",
  validateSearch: readSettingsSearch,
  component: lazyRouteComponent(() => import("../pages/settings/settings-page.tsx"), "SettingsPage"),
});

/** Whatever no other route takes. */
const missing = createRoute({ getParentRoute: () => signedIn, path: "$", component: MissingPage });

const pages = [
  overview,
  explorer,
  reports,
  newReport,
  report,
  editReport,
  recommendations,
  recommendation,
  plans,
  newPlan,
  plan,
  programmes,
  programme,
  data,
  settings,
  settingsSection,
  missing,
] as const;

export const router = createRouter({
  routeTree: root.addChildren([signIn, welcome, signedIn.addChildren([...pages])]),
  context: { queryClient },
  defaultPreload: "intent",
  defaultPendingComponent: PendingPage,
  defaultErrorComponent: FaultPage,
  scrollRestoration: true,
});

declare module "@tanstack/react-router" {
  interface Register {
    router: typeof router;
  }
}
