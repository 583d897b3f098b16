// Asks what the page needs first while the app itself is still on its way; src/api/early-answers.ts takes the answers.
(() => {
  const { pathname, search } = location;
  const addresses = ["/api/v1/branding"];
  if (pathname !== "/sign-in" && pathname !== "/welcome") addresses.push("/api/v1/me");
  if (pathname === "/" && search === "") addresses.push("/api/v1/overview");
  if (pathname === "/explorer") addresses.push("/api/v1/model");
  const ask = (address) =>
    fetch(address, { credentials: "same-origin", headers: { accept: "application/json" } }).catch(
      () => undefined,
    );
  window.trimtabEarly = new Map(addresses.map((address) => [address, ask(address)]));
})();
