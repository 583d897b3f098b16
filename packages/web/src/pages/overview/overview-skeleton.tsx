import { PageHeader } from "../../components/page-header.tsx";
import { Skeleton, SkeletonRows } from "../../components/skeleton.tsx";

const box = "rounded-xl border border-line bg-surface p-4 shadow-card";

/** The page's shape while its one request is on its way. */
export const OverviewSkeleton = () => (
  <div role="status" aria-label="Loading the overview">
    <PageHeader title="Overview" about="Adding up the bills…" />
    <div className="grid grid-cols-1 gap-4 lg:grid-cols-12">
      <div className="grid grid-cols-2 gap-4 lg:col-span-12 lg:grid-cols-4">
        {["spend", "before", "savings", "tags"].map((name) => (
          <div key={name} className={box}>
            <Skeleton className="h-3.5 w-24" />
            <Skeleton className="mt-3 h-8 w-32" />
            <Skeleton className="mt-3 h-3.5 w-28" />
          </div>
        ))}
      </div>
      <div className={`${box} lg:col-span-7`}>
        <Skeleton className="h-4 w-40" />
        <Skeleton className="mt-4 h-64 w-full" />
      </div>
      <div className={`${box} lg:col-span-5`}>
        <Skeleton className="h-4 w-40" />
        <SkeletonRows count={7} className="mt-5" />
      </div>
    </div>
  </div>
);
