import { position, sumTexts } from "../chart-data.ts";
import { type ChartLook, type ChartOption, isNarrow, isPaper, seriesColor, shorten } from "../chart-look.ts";
import { legendHeight, legendOf, plainText } from "./furniture.ts";

/** A part of a whole; what is below zero or unknown can't be drawn as one. */
export interface Share {
  readonly name: string;
  /** Decimal text. */
  readonly text: string;
  readonly isRest?: boolean;
  /** Of a click: where it leads. */
  readonly row?: number;
}

export interface DonutChart {
  readonly shares: readonly Share[];
  readonly valueTitle: (text: string) => string;
  readonly shortTitle: (text: string) => string;
  readonly shareTitle: (share: number) => string;
  /** A list of the names beside or below it, and the total in its middle; else names stand around it. */
  readonly hasLegend?: boolean;
}

/** Parts of one amount as a ring. */
export const donutOption = (chart: DonutChart, look: ChartLook): ChartOption => {
  const shares = chart.shares.filter(({ text }) => Number(text) > 0);
  const total = sumTexts(shares.map(({ text }) => text)) ?? "0";
  const shareOf = (text: string) => chart.shareTitle(Number(total) === 0 ? 0 : Number(text) / Number(total));
  const textOf = (name: string) => shares.find((share) => share.name === name)?.text ?? "0";
  const place = placeOf(chart, shares, look);
  return {
    textStyle: { fontFamily: look.fontFamily },
    ...(look.tips === undefined
      ? {}
      : {
          tooltip: {
            ...look.tips.frame,
            trigger: "item",
            formatter: ({ name }: { readonly name: string }) =>
              look.tips?.content(name, [
                { name: shareOf(textOf(name)), value: chart.valueTitle(textOf(name)) },
              ]) ?? "",
          },
        }),
    ...(chart.hasLegend
      ? {
          title: middleText(chart.shortTitle(total), place, look),
          legend: {
            ...legendOf(
              look,
              shares.map(({ name }) => name),
            ),
            ...place.legend,
            icon: "circle",
            formatter: (name: string) => `${shorten(name, 24)}  ${shareOf(textOf(name))}`,
          },
        }
      : {}),
    series: [
      {
        type: "pie",
        radius: place.radius,
        center: place.centre,
        avoidLabelOverlap: true,
        minShowLabelAngle: 6,
        itemStyle: { borderColor: look.ink.page, borderWidth: 2, borderRadius: 4 },
        label: {
          show: place.hasLabels,
          ...plainText(look),
          formatter: ({ name }: { readonly name: string }) =>
            `${shorten(name, 26)}  ${shareOf(textOf(name))}`,
        },
        labelLine: { show: place.hasLabels, length: 10, length2: 10, lineStyle: { color: look.ink.muted } },
        data: shares.map(({ name, text, isRest, row }, index) => ({
          name,
          value: position(text),
          ...(row === undefined ? {} : { row }),
          itemStyle: { color: seriesColor(look, index, isRest) },
        })),
      },
    ],
  };
};

interface Place {
  readonly radius: readonly [number | string, number | string];
  readonly centre: readonly [number | string, number | string];
  readonly hasLabels: boolean;
  readonly legend: object;
}

/** A list beside the ring, below it where the page is narrow; without a list, names around it where there is room. */
const placeOf = ({ hasLegend }: DonutChart, shares: readonly Share[], look: ChartLook): Place => {
  if (!hasLegend)
    return { radius: ["52%", "78%"], centre: ["50%", "50%"], hasLabels: !isNarrow(look), legend: {} };
  const { width, height } = look;
  const names = shares.map(({ name }) => `${name} 00.0 %`);
  const room = isNarrow(look) ? height - legendHeight(look, names) - 8 : height;
  const outer = Math.max(20, Math.min(room, isNarrow(look) ? width : width * 0.5) / 2 - 8);
  return {
    radius: [outer * 0.64, outer],
    centre: [isNarrow(look) ? width / 2 : width * 0.29, room / 2],
    hasLabels: false,
    legend: isNarrow(look)
      ? { orient: "horizontal", top: "auto", bottom: 0, left: 0, right: 0 }
      : { orient: "vertical", left: "60%", right: "auto", top: "middle" },
  };
};

const middleText = (text: string, { centre: [x, y] }: Place, look: ChartLook) => ({
  text,
  left: x,
  top: Number(y) - 10,
  textAlign: "center",
  textStyle: {
    color: look.ink.text,
    fontSize: isNarrow(look) && isPaper(look) ? 13 : 16,
    fontWeight: 600,
    fontFamily: look.fontFamily,
  },
});
