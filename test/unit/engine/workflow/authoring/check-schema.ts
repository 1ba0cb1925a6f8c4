type Schema = Readonly<Record<string, unknown>>;

/** The places at which a value breaks a schema: the part of draft-07 that the schema of workflows is made of. */
export function checkSchema(root: Schema, value: unknown): readonly string[] {
  return check(root, value, root, '$');
}

const known = new Set(
  `$schema $ref title description markdownDescription examples definitions type enum pattern minimum maximum
   properties patternProperties additionalProperties required minProperties items anyOf oneOf if then else`.split(
    /\s+/,
  ),
);

function check(schema: Schema, value: unknown, root: Schema, at: string): readonly string[] {
  const strange = Object.keys(schema).filter((key) => !known.has(key));
  if (strange.length > 0) throw new Error(`this check does not know ${strange.join()}`);
  const errors: string[] = [];
  const sub = (one: unknown, of = value, where = at): readonly string[] =>
    check(one as Schema, of, root, where);
  const { $ref } = schema;
  if (typeof $ref === 'string') {
    const name = $ref.replace('#/definitions/', '');
    return sub((root['definitions'] as Readonly<Record<string, Schema>>)[name]);
  }
  const types = [schema['type'] ?? []].flat() as unknown as readonly string[];
  if (types.length > 0 && !types.some((type) => isOf(type, value))) errors.push(`${at}: type`);
  const words = schema['enum'] as readonly unknown[] | undefined;
  if (words?.includes(value) === false) errors.push(`${at}: enum`);
  if (typeof value === 'string' && typeof schema['pattern'] === 'string') {
    if (!new RegExp(schema['pattern']).test(value)) errors.push(`${at}: pattern`);
  }
  if (typeof value === 'number') {
    if (value < Number(schema['minimum'] ?? -Infinity)) errors.push(`${at}: minimum`);
    if (value > Number(schema['maximum'] ?? Infinity)) errors.push(`${at}: maximum`);
  }
  if (Array.isArray(value) && schema['items'] !== undefined) {
    value.forEach((item, index) => errors.push(...sub(schema['items'], item, `${at}[${index}]`)));
  }
  if (isMap(value)) errors.push(...checkMap(schema, value, at, sub));
  const any = schema['anyOf'] as readonly Schema[] | undefined;
  if (any?.some((one) => sub(one).length === 0) === false) errors.push(`${at}: anyOf`);
  const one = schema['oneOf'] as readonly Schema[] | undefined;
  if (one !== undefined && one.filter((each) => sub(each).length === 0).length !== 1) {
    errors.push(`${at}: oneOf`);
  }
  if (schema['if'] !== undefined) {
    errors.push(...sub(sub(schema['if']).length === 0 ? schema['then'] : schema['else']));
  }
  return errors;
}

function checkMap(
  schema: Schema,
  value: Readonly<Record<string, unknown>>,
  at: string,
  sub: (one: unknown, of: unknown, where: string) => readonly string[],
): readonly string[] {
  const errors: string[] = [];
  const properties = (schema['properties'] ?? {}) as Readonly<Record<string, Schema>>;
  const patterns = Object.entries((schema['patternProperties'] ?? {}) as Schema);
  for (const key of (schema['required'] ?? []) as readonly string[]) {
    if (!Object.hasOwn(value, key)) errors.push(`${at}: ${key} is missing`);
  }
  if (Object.keys(value).length < Number(schema['minProperties'] ?? 0)) {
    errors.push(`${at}: minProperties`);
  }
  for (const [key, item] of Object.entries(value)) {
    const where = `${at}.${key}`;
    const fitting = patterns.filter(([pattern]) => new RegExp(pattern).test(key));
    if (Object.hasOwn(properties, key)) errors.push(...sub(properties[key], item, where));
    for (const [, one] of fitting) errors.push(...sub(one, item, where));
    if (Object.hasOwn(properties, key) || fitting.length > 0) continue;
    const rest = schema['additionalProperties'];
    if (rest === false) errors.push(`${where}: not known`);
    else if (rest !== undefined) errors.push(...sub(rest, item, where));
  }
  return errors;
}

function isOf(type: string, value: unknown): boolean {
  switch (type) {
    case 'null':
      return value === null;
    case 'array':
      return Array.isArray(value);
    case 'object':
      return isMap(value);
    case 'integer':
      return Number.isInteger(value);
    default:
      return typeof value === type;
  }
}

function isMap(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
