import tailwindcss from "@tailwindcss/vite";
import react from "@vitejs/plugin-react";
import { defineConfig, type Plugin, type Rollup } from "vite";

const FIRST_PAGE = "/src/pages/overview/overview-page.tsx";

/** Charts are in three pages, and in none that is opened first. */
const isCommon = (module: string): boolean =>
  !/[\\/](echarts|zrender)[\\/]|[\\/]src[\\/]charts[\\/]/.test(module);

/** Files of a chunk and of all that it imports. */
const filesOf = (bundle: Rollup.OutputBundle, file: string, found = new Set<string>()): Set<string> => {
  const chunk = bundle[file];
  if (chunk?.type !== "chunk" || found.has(file)) return found;
  found.add(file);
  for (const imported of chunk.imports) filesOf(bundle, imported, found);
  return found;
};

/** The page that is opened first comes beside the app, not only once the app has run and asked who is signed in. */
const preloadFirstPage: Plugin = {
  name: "preload-first-page",
  transformIndexHtml: {
    order: "post",
    handler: (_html, { bundle }) => {
      if (bundle === undefined) return [];
      const chunks = Object.values(bundle).filter((output) => output.type === "chunk");
      const page = chunks.find(({ facadeModuleId }) => facadeModuleId?.endsWith(FIRST_PAGE));
      const entry = chunks.find(({ isEntry }) => isEntry);
      if (page === undefined || entry === undefined) throw new Error(`The build has no ${FIRST_PAGE}.`);
      const known = filesOf(bundle, entry.fileName);
      return [...filesOf(bundle, page.fileName)]
        .filter((file) => !known.has(file))
        .map((file) => ({
          tag: "link",
          attrs: { rel: "modulepreload", crossorigin: true, href: `/${file}` },
          injectTo: "head" as const,
        }));
    },
  },
};

// biome-ignore lint/style/noDefaultExport: vite reads its configuration from the default export
export default defineConfig({
  root: import.meta.dirname,
  plugins: [react(), tailwindcss(), preloadFirstPage],
  build: {
    target: "es2023",
    // the content security policy allows no data: scripts or styles
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    reportCompressedSize: false,
    // Left to itself the build makes a file of each small part that two pages share, and the first load is one of thirty.
    rolldownOptions: {
      output: { codeSplitting: { groups: [{ name: "shared", test: isCommon, minShareCount: 3 }] } },
    },
  },
  server: {
    // `npm run dev:web` beside a `trimtab serve`
    proxy: { "/api": process.env.TRIMTAB_SERVER ?? "http://127.0.0.1:8420" },
  },
});
