import { Skeleton, SkeletonRows } from "../../components/skeleton.tsx";

const box = "rounded-xl border border-line bg-surface p-4 shadow-card";

/** Keeps the place of the programme's two cards. */
export const ProgrammeSkeleton = () => (
  <>
    {["lg:col-span-5", "lg:col-span-7"].map((span) => (
      <div key={span} className={`${box} min-h-72 ${span}`}>
        <Skeleton className="h-4 w-40" />
        <SkeletonRows count={6} className="mt-5" />
      </div>
    ))}
  </>
);
