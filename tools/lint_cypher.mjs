// Neo4j's Cypher linter over statements that come as JSON; `lint_cypher.py` starts it and says what is asked.
// in:  {"schema": DbSchema without functions, "statements": [{"name", "line", "text", "parameters", "declared"}]},
//      where `parameters` is a Cypher map of examples, in common to all statements of one name, and `declared` the
//      line of that map
// out: [{"name", "line", "column", "severity", "message"}]
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';

const { highlightSyntax, lintCypherQuery, parseParameters, testData } = createRequire(import.meta.url)(
  '@neo4j-cypher/language-support',
);
const LANGUAGES = ['CYPHER 5', 'CYPHER 25'];
const SEVERITIES = [undefined, 'error', 'warning', 'info', 'hint'];
const ABSENT = ' is not present in the database';
const UNDECLARED = /^Parameter \$(.+) is not defined\.$/;

const chosen = (registries, keep) =>
  Object.fromEntries(
    LANGUAGES.map((l) => [l, Object.fromEntries(Object.entries(registries[l]).filter(([name, one]) => keep(name, one)))]),
  );

// Functions and procedures as a Neo4j without plug-ins has them; the package has the list for its own tests.
const { functions, procedures } = testData.mockSchema;
const BUILT_IN = {
  functions: chosen(functions, (_, one) => one.isBuiltIn),
  procedures: chosen(procedures, (name) => !/^(apoc|gds)\./.test(name)),
};

const lint = (text, schema) => {
  const found = new Map();
  for (const defaultLanguage of LANGUAGES) {
    const asked = { ...schema, ...BUILT_IN, defaultLanguage };
    for (const { severity, message, range } of lintCypherQuery(text, asked, { consoleCommandsEnabled: false }).diagnostics) {
      const { line, character } = range.start;
      const key = `${line} ${character} ${severity} ${message}`;
      const one = found.get(key) ?? { line, character, severity, message, languages: new Set() };
      one.languages.add(defaultLanguage);
      found.set(key, one);
    }
  }
  return [...found.values()].map(({ languages, ...one }) =>
    languages.size < LANGUAGES.length ? { ...one, message: `${one.message} (${[...languages].join()} only)` } : one,
  );
};

const place = (line, character) => `${line} ${character}`;

// The tokens of a statement that say a label or type, a property of the graph, or a key of a map written there;
// `within` has the places of what is read inside a pattern's brackets, as `row.key` in `(n {id: row.key})`.
const names = (text) => {
  const tokens = highlightSyntax(text).filter((t) => t.tokenType !== 'comment');
  const said = { labels: [], properties: [], keys: [], within: new Set() };
  const open = [];
  tokens.forEach((token, i) => {
    if (token.token === '{') {
      // Curly brackets after a variable or a label are those of a pattern: they hold properties.
      open.push(['variable', 'label'].includes(tokens[i - 1]?.tokenType) ? 'properties' : 'keys');
    } else if (token.token === '}') {
      open.pop();
    } else if (token.tokenType === 'label') {
      said.labels.push(token);
    } else if (token.tokenType === 'property') {
      const isKey = tokens[i + 1]?.token === ':' && tokens[i - 1]?.token !== '.';
      said[isKey ? open.at(-1) ?? 'keys' : 'properties'].push({ ...token, depth: open.length });
      if (!isKey && open.at(-1) === 'properties') said.within.add(place(token.position.line, token.position.startCharacter));
    }
  });
  return said;
};

// The linter looks at reading clauses alone; this finds unknown names in MERGE, SET, REMOVE and CREATE too. Names
// of map keys count as known properties: the linter itself knows which variable is a map.
const unknown = (said, schema, fields) => {
  const labels = new Set([...schema.labels, ...schema.relationshipTypes]);
  const properties = new Set([...schema.propertyKeys, ...said.keys.map((t) => t.token), ...fields]);
  return [
    ...said.labels.filter((t) => !labels.has(t.token)).map((t) => [t, `The model has no label or type ${t.token}.`]),
    ...said.properties.filter((t) => !properties.has(t.token)).map((t) => [t, `The model has no property ${t.token}.`]),
  ].map(([{ position }, message]) => ({
    line: position.line,
    character: position.startCharacter,
    severity: 1,
    message,
  }));
};

const { schema, statements } = JSON.parse(readFileSync(0, 'utf8'));
const diagnostics = [];
const unused = new Map();
for (const { name, line, text, parameters, declared } of statements) {
  const map = `RETURN ${parameters} AS parameters`;
  const broken = lint(map, schema);
  const keys = broken.length ? [] : names(map).keys;
  const given = keys.filter((key) => key.depth === 1).map((key) => key.token);
  const said = names(text);
  // Two mistakes of the linter are let pass. It takes `row.key` in `(n {id: row.key})` for a property of n; `unknown`
  // looks at these instead. And it carries the NOT of `NOT EXISTS {…}` to the types in there ("[:!REPORTED_BY] has
  // no incoming (:Theme)"), which no statement of ours writes.
  const found = lint(text, { ...schema, parameters: Object.fromEntries(given.map((key) => [key, ''])) }).filter(
    (one) =>
      !(one.message.includes(ABSENT) && said.within.has(place(one.line, one.character))) &&
      !(one.message.includes('[:!') && !text.includes(':!')),
  );
  const places = new Set(found.map((one) => place(one.line, one.character)));
  const further = unknown(said, schema, keys.map((key) => key.token));
  found.push(...further.filter((one) => !places.has(place(one.line, one.character))));

  const used = parseParameters(text, false);
  const left = unused.get(name) ?? { declared, keys: new Set(given), broken };
  used.forEach((key) => left.keys.delete(key));
  unused.set(name, left);

  for (const one of found) {
    const message = one.message
      .replace(UNDECLARED, 'The parameter $1 is used but not declared in the line // :params.')
      .replace(/^(Function|Procedure)?(.*) is not present in the database\. .*/, (_, kind = '', name) =>
        kind ? `${kind}${name} is unknown.` : `${name} is not in the model.`,
      );
    diagnostics.push({ name, line: line + one.line, column: one.character + 1, severity: SEVERITIES[one.severity], message });
  }
}
for (const [name, { declared, keys, broken }] of unused) {
  const messages = [...keys].map((key) => `The parameter ${key} is declared but not used.`);
  messages.push(...broken.map((one) => `What // :params holds is not a Cypher map: ${one.message}`));
  diagnostics.push(...messages.map((message) => ({ name, line: declared, column: 1, severity: 'error', message })));
}
process.stdout.write(JSON.stringify(diagnostics));
