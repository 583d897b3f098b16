import { useQuery } from "@tanstack/react-query";
import { call } from "../api/client.ts";
import { Card } from "./card.tsx";
import { DemoEstates } from "./demo-estates.tsx";
import { UploadDrop } from "./upload-drop.tsx";
import { UploadList } from "./upload-list.tsx";

/** For an empty lake: a bill of one's own, or a demo company. */
export const FirstBill = () => {
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
        >
          <DemoEstates estates={demo.data.estates} />
        </Card>
      )}
    </div>
  );
};
