// Prints each manifest as a constant of its type, for the compiler of TypeScript.
import { readFileSync } from 'node:fs';
import { parseAllDocuments } from 'yaml';

let count = 0;
for (const file of process.argv.slice(2)) {
  for (const document of parseAllDocuments(readFileSync(file, 'utf8'))) {
    const object = document.toJS();
    const type = `I${object.kind}`;
    const alias = `${type}${++count}`;
    console.log(`import type { ${type} as ${alias} } from 'kubernetes-models/${object.apiVersion}';`);
    console.log(`export const object${count}: ${alias} = ${JSON.stringify(object, null, 1)};`);
  }
}
