// Reads Kubernetes objects as a JSON array and prints what their schemas refuse, a line each: required members, types, quantities.
import { createRequire } from 'node:module';
import { readFileSync } from 'node:fs';

const require = createRequire(import.meta.url);
for (const object of JSON.parse(readFileSync(0, 'utf8'))) {
  try {
    const { [object.kind]: Model } = require(`kubernetes-models/${object.apiVersion}/${object.kind}`);
    new Model(object).validate();
  } catch (error) {
    console.log(`${object.kind} ${object.metadata?.name}: ${error.message.split('\n').slice(0, 4).join(' | ')}`);
  }
}
