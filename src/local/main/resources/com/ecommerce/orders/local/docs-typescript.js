// Samples in TypeScript for the page /docs, whose viewer has none.

function parameters(contract, path, operation) {
  return [...(path.parameters ?? []), ...(operation.parameters ?? [])]
    .map((parameter) => contract.components.parameters[parameter.$ref?.split('/').pop()] ?? parameter)
    .filter((parameter) => parameter.required);
}

/** Returns the path with the examples of its variables and of the required query parameters. */
function address(path, required) {
  const url = new URL(path.replaceAll('{', '%7B').replaceAll('}', '%7D'), window.location.origin);
  for (const { in: place, name, example } of required) {
    if (place === 'path') {
      url.pathname = url.pathname.replace(`%7B${name}%7D`, encodeURIComponent(example));
    } else if (place === 'query') {
      url.searchParams.set(name, example);
    }
  }
  return url.href;
}

/** Returns the first example of the body, or undefined if the operation has no body. */
function body(contract, operation) {
  const [example] = Object.values(operation.requestBody?.content['application/json'].examples ?? {});
  return (contract.components.examples[example?.$ref?.split('/').pop()] ?? example)?.value;
}

function sample(contract, path, method) {
  const operation = contract.paths[path][method];
  const required = parameters(contract, contract.paths[path], operation);
  const value = body(contract, operation);
  const headers = required.filter((parameter) => parameter.in === 'header')
    .map(({ name, example }) => `    '${name}': '${example}',`);
  if (operation.security?.length !== 0) {
    headers.unshift('    Authorization: `Bearer ${token}`,');
  }
  if (value !== undefined) {
    headers.push("    'Content-Type': 'application/json',");
  }
  return [
    `const response: Response = await fetch('${address(path, required)}', {`,
    `  method: '${method.toUpperCase()}',`,
    ...(headers.length > 0 ? ['  headers: {', ...headers, '  },'] : []),
    ...(value === undefined ? [] : [`  body: JSON.stringify(${JSON.stringify(value, null, 2).replaceAll('\n', '\n  ')}),`]),
    '});',
    'if (!response.ok) {',
    '  const problem: { code: string; detail: string } = await response.json();',
    '  throw new Error(`${problem.code}: ${problem.detail}`);',
    '}',
  ].join('\n');
}

/** Adds a sample to each operation. */
export function addTypeScript(contract) {
  for (const [path, methods] of Object.entries(contract.paths)) {
    for (const method of ['get', 'post', 'patch'].filter((name) => methods[name])) {
      methods[method]['x-codeSamples'] = [
        { lang: 'typescript', label: 'TypeScript', source: sample(contract, path, method) },
      ];
    }
  }
}
