import { useQuery } from "@tanstack/react-query";
import { Dialog } from "../../components/dialog.tsx";
import { UploadDrop } from "../../components/upload-drop.tsx";
import { UploadList } from "../../components/upload-list.tsx";
import { uploadsOptions } from "./data-search.ts";

/** Bills in, several at once, each with how far it is and what became of it. */
export const UploadDialog = ({ onClose }: { readonly onClose: () => void }) => {
  const { data } = useQuery(uploadsOptions);
  return (
    <Dialog
      isOpen
      onClose={onClose}
      title="Upload bills"
      about="Files as they were exported, CSV or Parquet, also gzipped. A month that is there already is replaced, and its history kept."
    >
      <div className="p-4">
        <UploadDrop maxBytes={data?.maxBytes} />
        <UploadList uploads={data?.items ?? []} />
      </div>
    </Dialog>
  );
};
