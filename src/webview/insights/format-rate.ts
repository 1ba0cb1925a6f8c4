/** Per mille as per cent; a dash where nothing can be said. */
export function formatRate(rate: number | null): string {
  return rate === null ? '–' : `${(rate / 10).toFixed(rate === 1000 || rate < 10 ? 0 : 1)} %`;
}
