'use strict';

/** Fetches a resource and returns its content. Throws an error if the response is no success. */
async function fetched(path, read) {
  const response = await fetch(path);
  if (!response.ok) {
    throw new Error(`${path} returned ${response.status}`);
  }
  return read(response);
}

/**
 * Removes the examples of optional parameters. The viewer sends an example as the value. Otherwise every request would have
 * the same Idempotency-Key, and the API would refuse the second request.
 */
function withoutOptionalExamples(contract) {
  for (const parameter of Object.values(contract.components.parameters)) {
    if (!parameter.required) {
      delete parameter.example;
    }
  }
  return contract;
}

/** Shows the contract. A development token authorizes the requests, so "Execute" works at once. */
async function show() {
  const contract = await fetched('/openapi.json', (response) => response.json());
  const token = await fetched('/dev/token', (response) => response.text());
  const ui = SwaggerUIBundle({
    spec: { ...withoutOptionalExamples(contract), externalDocs: { url: '/openapi.json', description: '/openapi.json' } },
    dom_id: '#docs',
    deepLinking: true,
    tryItOutEnabled: true,
    displayRequestDuration: true,
    showExtensions: true,
    validatorUrl: null,
    onComplete: () => ui.preauthorizeApiKey('bearer', token),
  });
}

show().catch((error) => {
  document.getElementById('docs').textContent = `This page can't be shown: ${error.message}. Is the server still running?`;
});
