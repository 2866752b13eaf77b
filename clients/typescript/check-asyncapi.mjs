// Checks that a file is valid AsyncAPI. A newer version of AsyncAPI is no problem of the file.
import { Parser, fromFile } from '@asyncapi/parser';

const { document, diagnostics } = await fromFile(new Parser(), process.argv[2]).parse();
const problems = diagnostics.filter(({ code }) => code !== 'asyncapi-latest-version');
for (const { code, path, message } of problems) {
  console.error(`${path.join('.')}: ${message} (${code})`);
}
if (document === undefined || problems.length > 0) {
  process.exit(1);
}
