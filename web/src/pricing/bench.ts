import { createInterface } from 'node:readline';
import type { Cart, RuleBook } from './documents';
import { price } from './pricer';
import { Book } from './rules/book';

/*
 * How long the twin takes, on the carts of tests/Pricing.Bench: see docs/benchmarks.md for the command. Each figure is the median of
 * runs of a tenth of a second, and the best of them; the rules' index is made before.
 */

const RUNS = 15;
const RUN_MS = 100;

createInterface({ input: process.stdin }).on('line', (text) => {
  const { name, cart, rules } = JSON.parse(text) as { name: string; cart: Cart; rules: RuleBook };
  const book = new Book(rules);
  const means: number[] = [];
  for (let run = 0; run < RUNS + 2; run++) {
    const started = performance.now();
    let count = 0;
    while (performance.now() - started < RUN_MS) {
      price(cart, book);
      count++;
    }

    means.push(((performance.now() - started) * 1000) / count);
  }

  // The first two are for the compiler to warm up.
  const sorted = means.slice(2).sort((a, b) => a - b);
  console.log(`${name}: median ${sorted[RUNS >> 1]!.toFixed(1)} us, best ${sorted[0]!.toFixed(1)} us`);
});
