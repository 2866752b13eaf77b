'use strict';

/** What is asked of the server, as an object; an answer that is no success is an error. */
async function fetched(path, read) {
  const answer = await fetch(path);
  if (!answer.ok) {
    throw new Error(`${path} answered ${answer.status}`);
  }
  return read(answer);
}

/**
 * The viewer sends an example of a parameter as its value. What may be left out is left empty, else every request would
 * carry the same Idempotency-Key and the second one would be refused.
 */
function withoutOptionalExamples(contract) {
  for (const parameter of Object.values(contract.components.parameters)) {
    if (!parameter.required) {
      delete parameter.example;
    }
  }
  return contract;
}

/** Shows the contract, authorized by a development token, so that "Execute" works at once. */
async function show() {
  const contract = await fetched('/openapi.json', (answer) => answer.json());
  const token = await fetched('/dev/token', (answer) => answer.text());
  const ui = SwaggerUIBundle({
    spec: { ...withoutOptionalExamples(contract), externalDocs: { url: '/openapi.json', description: '/openapi.json' } },
    dom_id: '#docs',
    deepLinking: true,
    tryItOutEnabled: true,
    displayRequestDuration: true,
    validatorUrl: null,
    onComplete: () => ui.preauthorizeApiKey('bearer', token),
  });
}

show().catch((error) => {
  document.getElementById('docs').textContent = `This page can't be shown: ${error.message}. Is the server still running?`;
});
