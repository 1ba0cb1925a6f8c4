/** Thrown while plain YAML is read: the text is more than that, and is left to the parser of the whole language. */
export class NotPlain extends Error {}
