import { createInterface } from 'node:readline';
import type { Cart, RuleBook } from './documents';
import { price } from './pricer';
import { Book } from './rules/book';

/*
 * How long the twin takes, on the carts of tests/Pricing.Bench: see docs/benchmarks.md for the command. Each run is as many carts as take
 * a tenth of a second. Processor time, so that other work on the machine shows less. The rules' index is made before.
 */

const RUNS = 21;
const RUN_US = 100_000;

function microseconds(): number {
  const { user, system } = process.cpuUsage();
  return user + system;
}

createInterface({ input: process.stdin }).on('line', (text) => {
  const { name, cart, rules } = JSON.parse(text) as { name: string; cart: Cart; rules: RuleBook };
  const book = new Book(rules);
  const means: number[] = [];
  for (let run = 0; run < RUNS + 2; run++) {
    const started = microseconds();
    let count = 0;
    while (microseconds() - started < RUN_US) {
      price(cart, book);
      count++;
    }

    means.push((microseconds() - started) / count);
  }

  // The first two are for the compiler to warm up.
  const sorted = means.slice(2).sort((a, b) => a - b);
  console.log(`${name}: median ${sorted[RUNS >> 1]!.toFixed(1)} us, best ${sorted[0]!.toFixed(1)} us`);
});
