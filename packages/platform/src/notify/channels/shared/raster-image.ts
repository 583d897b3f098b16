import type { MessageFile } from "../../message.ts";

const WIDTH = 1200;

/** Mail programs and Slack show no SVG: it becomes a PNG; what is one already stays as it is. */
export const rasterImage = async (image: MessageFile): Promise<MessageFile> => {
  if (!image.contentType.startsWith("image/svg+xml")) return image;
  const { Resvg } = await import("@resvg/resvg-js");
  const drawn = new Resvg(Buffer.from(image.bytes).toString("utf8"), {
    fitTo: { mode: "width", value: WIDTH },
    background: "#ffffff",
    font: { loadSystemFonts: true },
  });
  const fileName = image.fileName.replace(/\.svg$/i, "").concat(".png");
  return { fileName, contentType: "image/png", bytes: drawn.render().asPng() };
};
