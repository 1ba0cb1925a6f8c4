import type { Rule } from './rule.ts';

/** Tasks cannot wait for each other in a circle. One report a knot, with its shortest trail. */
export const cycle: Rule = {
  codes: ['cycle'],
  check({ source, graph }, reporter) {
    for (const trail of graph.findCycles()) {
      const tasks = trail.flatMap((index) => source.tasks[index] ?? []);
      const steps = tasks.flatMap((task, at) => {
        const next = tasks[(at + 1) % tasks.length];
        const need = task.needs.find((candidate) => candidate.id === next?.id);
        if (need === undefined) return [];
        const message = `"${task.id}" needs "${need.id}"`;
        return [{ start: need.start, end: need.end, message }];
      });
      const [first] = steps;
      if (first === undefined) continue;
      const ids = [...tasks, ...tasks.slice(0, 1)].map((task) => task.id);
      const shown = ids.length > 12 ? [...ids.slice(0, 6), '…', ...ids.slice(-5)] : ids;
      const message = `these tasks wait for each other: ${shown.join(' → ')}`;
      reporter.report(first, 'cycle', message, { related: steps });
    }
  },
};
