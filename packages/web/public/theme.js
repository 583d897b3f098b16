// Runs before the first paint, so that the page never flashes in the other theme. A file of its own: the server's
// content security policy allows no inline script.
(() => {
  const dark = matchMedia("(prefers-color-scheme: dark)");
  const apply = () => {
    let chosen = null;
    try {
      chosen = localStorage.getItem("trimtab.theme");
    } catch {
      // storage is blocked: the system's theme it is
    }
    const isDark = chosen === "dark" || (chosen !== "light" && dark.matches);
    document.documentElement.dataset.theme = isDark ? "dark" : "light";
    const color = document.querySelector('meta[name="theme-color"]');
    if (color) color.setAttribute("content", isDark ? "#0c1216" : "#f5f7f8");
  };
  apply();
  dark.addEventListener("change", apply);
  addEventListener("trimtab:theme", apply);
})();
