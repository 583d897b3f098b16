import { useQuery } from "@tanstack/react-query";
import { Building2, FileUp, FolderSearch } from "lucide-react";
import { call } from "../../api/client.ts";
import { useMay } from "../../api/use-me.ts";
import { Card } from "../../components/card.tsx";
import { EmptyState } from "../../components/empty-state.tsx";
import { UploadList } from "../../components/upload-list.tsx";
import { DemoEstates } from "./demo-estates.tsx";
import { UploadDrop } from "./upload-drop.tsx";

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

const FirstBill = () => {
  const demo = useQuery({
    queryKey: ["demo"],
    queryFn: ({ signal }) => call("GET /api/v1/demo", { signal }),
  });
  const uploads = useQuery({
    queryKey: ["uploads"],
    queryFn: ({ signal }) => call("GET /api/v1/uploads", { signal }),
    // the server also tells by an event; this is for proxies that hold events back
    refetchInterval: 3000,
  });
  return (
    <div className="grid grid-cols-1 gap-4 lg:grid-cols-2">
      <Card
        title="Bring your first bill"
        about="A file of any provider, as it was exported: CSV or Parquet, also gzipped"
      >
        <UploadDrop maxBytes={uploads.data?.maxBytes} />
        <UploadList uploads={uploads.data?.items ?? []} />
      </Card>
      {demo.data?.isPossible === true && demo.data.estates.length > 0 && (
        <Card
          title="Or look around first"
          about="Fills this empty lake with one company's bills, so that every page has something to show"
          actions={<Building2 size={18} aria-hidden className="text-ink-3" />}
        >
          <DemoEstates estates={demo.data.estates} />
        </Card>
      )}
    </div>
  );
};
