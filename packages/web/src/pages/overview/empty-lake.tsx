import { FileUp, FolderSearch } from "lucide-react";
import { useMay } from "../../api/use-me.ts";
import { EmptyState } from "../../components/empty-state.tsx";
import { FirstBill } from "../../components/first-bill.tsx";

/** No charges to show: bring a bill, or look around in a demo company's. */
export const EmptyLake = ({ isLakeEmpty }: { readonly isLakeEmpty: boolean }) => {
  const mayIngest = useMay("ingest");
  if (!isLakeEmpty) {
    return (
      <EmptyState
        className="min-h-[50dvh]"
        icon={<FolderSearch size={20} aria-hidden />}
        title="No charges within what you may see"
      >
        The lake has bills, but none of their charges belong to your teams. Ask an administrator to look at
        your team's scope.
      </EmptyState>
    );
  }
  if (!mayIngest) {
    return (
      <EmptyState className="min-h-[50dvh]" icon={<FileUp size={20} aria-hidden />} title="No bills yet">
        Somebody with the role operator or admin has to bring the first bill; then this page fills.
      </EmptyState>
    );
  }
  return <FirstBill />;
};
