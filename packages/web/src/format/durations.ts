/** 90 → `1 min 30 s`. */
export const formatDuration = (seconds: number): string => {
  const whole = Math.round(seconds);
  const parts = [
    { size: Math.floor(whole / 3600), unit: "h" },
    { size: Math.floor((whole % 3600) / 60), unit: "min" },
    { size: whole % 60, unit: "s" },
  ].filter(({ size }) => size > 0);
  return parts.length === 0 ? "0 s" : parts.map(({ size, unit }) => `${size} ${unit}`).join(" ");
};
