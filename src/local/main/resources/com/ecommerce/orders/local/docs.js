import { addTypeScript } from './docs-typescript.js';

/** Fetches a resource and returns its content. Throws an error if the response is no success. */
async function fetched(path, read, headers = {}) {
  const response = await fetch(path, { headers });
  if (!response.ok) {
    throw new Error(`${path} returned ${response.status}`);
  }
  return read(response);
}

const json = (response) => response.json();

/** Removes the operations HEAD: each is its GET without a body. */
function withoutHeadRows(contract) {
  for (const path of Object.values(contract.paths)) {
    delete path.head;
  }
}

/**
 * Removes the examples whose second use the API would refuse. The viewer sends an example as the value. So every request would
 * have the same Idempotency-Key, and every new order the same externalRef.
 */
function withoutSingleUseExamples(contract) {
  for (const parameter of Object.values(contract.components.parameters)) {
    if (!parameter.required) {
      delete parameter.example;
    }
  }
  delete contract.components.examples.CreateOrder.value.externalRef;
}

/** Fills in the id of the newest order, so that reading and changing an order works at once. */
async function withNewestOrder(contract, token) {
  const page = await fetched('/orders?limit=1', json, { Authorization: `Bearer ${token}` });
  if (page.data.length > 0) {
    contract.components.parameters.OrderId.example = page.data[0].id;
  }
}

/** Leaves the samples of one client for each of these languages, beside the samples in TypeScript. */
const SAMPLES = { shell: 'curl', java: 'nethttp', python: 'requests' };
const LANGUAGES = [
  'c', 'clojure', 'csharp', 'dart', 'fsharp', 'go', 'http', 'java', 'js', 'kotlin', 'node', 'objc', 'ocaml', 'php', 'powershell',
  'python', 'r', 'ruby', 'rust', 'shell', 'swift',
];
const CLIENTS = [
  'aiohttp', 'asynchttp', 'curl', 'httpie', 'httpx_async', 'httpx_sync', 'nethttp', 'okhttp', 'python3', 'requests', 'unirest', 'wget',
];
const hiddenClients = Object.fromEntries(LANGUAGES.map((language) =>
  [language, SAMPLES[language] ? CLIENTS.filter((client) => client !== SAMPLES[language]) : true]));

/** Shows the contract. A development token authorizes the requests, so "Test Request" works at once. */
async function show() {
  const contract = await fetched('/openapi.json', json);
  const token = await fetched('/dev/token', (response) => response.text());
  withoutHeadRows(contract);
  withoutSingleUseExamples(contract);
  // The page works without this id, and so also while the database does not respond.
  await withNewestOrder(contract, token).catch(() => {});
  addTypeScript(contract);
  contract.servers = [{ url: window.location.origin, description: 'This server' }];
  contract.externalDocs = { url: '/openapi.json', description: '/openapi.json' };
  Scalar.createApiReference('#docs', {
    content: contract,
    authentication: { preferredSecurityScheme: 'bearer', securitySchemes: { bearer: { token } } },
    defaultHttpClient: { targetKey: 'shell', clientKey: 'curl' },
    hiddenClients,
    documentDownloadType: 'none',
    // The options below switch off functions that send requests to servers of the viewer's maker.
    agent: { disabled: true },
    mcp: { disabled: true },
    hideClientButton: true,
    showDeveloperTools: 'never',
    telemetry: false,
    withDefaultFonts: false,
  });
}

show().catch((error) => {
  document.getElementById('docs').textContent = `This page can't be shown: ${error.message}. Is the server still running?`;
});
