/** What breaks, in Confluent's names: what it means, and the change that would be compatible. */
const limit = (keyword: string, word: string) =>
  [
    `{reader} has ${word} ${keyword}: {writer} lets more through`,
    `Leave ${keyword} as it is, or loosen it.`,
  ] as const;

const rest = (what: string) =>
  [
    `{reader} refuses ${what} that are not named, which {writer} lets through`,
    `Name the ${what} that are needed, and let others through still.`,
  ] as const;

const narrower = (what: string) =>
  [
    `{reader} asks more of ${what} that are not named than {writer}`,
    `Ask it of a ${what === 'items' ? 'new array' : 'new property'}, not of all others.`,
  ] as const;

const optional =
  'Close the object first (additionalProperties: false), or add an object of its own.';
const withDefault = 'Leave it out of required, or give it a default.';

export const kinds = {
  SCHEMA_ADDED: ['{reader} asks something where {writer} asked nothing', 'Ask nothing there.'],
  TYPE_CHANGED: ['The type is another', 'Keep the type, or allow both of them.'],
  TYPE_NARROWED: ['{reader} takes fewer numbers than {writer}', 'Keep number.'],
  COMBINED_TYPE_CHANGED: ['Another combination of schemas', 'Keep the combination, or use anyOf.'],
  COMBINED_TYPE_SUBSCHEMAS_CHANGED: [
    'Not each of the combined schemas has one that covers it',
    'Leave those that are there as they are, and add others.',
  ],
  PRODUCT_TYPE_EXTENDED: ['One more schema has to hold', 'Leave allOf as it is, or shorten it.'],
  SUM_TYPE_NARROWED: [
    '{reader} has fewer choices than {writer}',
    'Keep all choices, and add others.',
  ],
  NOT_TYPE_EXTENDED: ['{reader} forbids more than {writer}', 'Forbid no more than before.'],
  ENUM_ARRAY_NARROWED: ['{reader} does not take all values of {writer}', 'Keep all values.'],
  ENUM_ARRAY_CHANGED: ['{reader} does not take all values of {writer}', 'Keep all values.'],
  PATTERN_ADDED: ['{reader} asks for a pattern', 'Leave it out, or ask it of a new property.'],
  PATTERN_CHANGED: ['The pattern is another', 'Keep the pattern, or leave it out.'],
  MAX_LENGTH_ADDED: limit('maxLength', 'a'),
  MAX_LENGTH_DECREASED: limit('maxLength', 'a smaller'),
  MIN_LENGTH_ADDED: limit('minLength', 'a'),
  MIN_LENGTH_INCREASED: limit('minLength', 'a larger'),
  MAXIMUM_ADDED: limit('maximum', 'a'),
  MAXIMUM_DECREASED: limit('maximum', 'a smaller'),
  MINIMUM_ADDED: limit('minimum', 'a'),
  MINIMUM_INCREASED: limit('minimum', 'a larger'),
  EXCLUSIVE_MAXIMUM_ADDED: limit('exclusiveMaximum', 'an'),
  EXCLUSIVE_MAXIMUM_DECREASED: limit('exclusiveMaximum', 'a smaller'),
  EXCLUSIVE_MINIMUM_ADDED: limit('exclusiveMinimum', 'an'),
  EXCLUSIVE_MINIMUM_INCREASED: limit('exclusiveMinimum', 'a larger'),
  MULTIPLE_OF_ADDED: limit('multipleOf', 'a'),
  MULTIPLE_OF_EXPANDED: limit('multipleOf', 'a larger'),
  MULTIPLE_OF_CHANGED: limit('multipleOf', 'another'),
  MAX_ITEMS_ADDED: limit('maxItems', 'a'),
  MAX_ITEMS_DECREASED: limit('maxItems', 'a smaller'),
  MIN_ITEMS_ADDED: limit('minItems', 'a'),
  MIN_ITEMS_INCREASED: limit('minItems', 'a larger'),
  MAX_CONTAINS_ADDED: limit('maxContains', 'a'),
  MAX_CONTAINS_DECREASED: limit('maxContains', 'a smaller'),
  MIN_CONTAINS_ADDED: limit('minContains', 'a'),
  MIN_CONTAINS_INCREASED: limit('minContains', 'a larger'),
  MAX_PROPERTIES_ADDED: limit('maxProperties', 'a'),
  MAX_PROPERTIES_DECREASED: limit('maxProperties', 'a smaller'),
  MIN_PROPERTIES_ADDED: limit('minProperties', 'a'),
  MIN_PROPERTIES_INCREASED: limit('minProperties', 'a larger'),
  UNIQUE_ITEMS_ADDED: ['{reader} refuses items that are there twice', 'Leave uniqueItems out.'],
  REQUIRED_ATTRIBUTE_ADDED: ['{reader} requires what {writer} may leave out', withDefault],
  REQUIRED_PROPERTY_ADDED_TO_OPEN_CONTENT_MODEL: [
    '{reader} requires a property that {writer} does not have',
    withDefault,
  ],
  REQUIRED_PROPERTY_ADDED_TO_UNOPEN_CONTENT_MODEL: [
    '{reader} requires a property that {writer} does not have',
    withDefault,
  ],
  REQUIRED_PROPERTY_WITH_DEFAULT_ADDED_TO_OPEN_CONTENT_MODEL: [
    '{writer} lets anything through under this name, {reader} does not',
    optional,
  ],
  OPTIONAL_PROPERTY_ADDED_TO_OPEN_CONTENT_MODEL: [
    '{writer} lets anything through under this name, {reader} does not',
    optional,
  ],
  PROPERTY_ADDED_NOT_COVERED_BY_PARTIALLY_OPEN_CONTENT_MODEL: [
    '{writer} lets more through under this name than {reader}',
    'Give it the shape that other properties have.',
  ],
  PROPERTY_REMOVED_NOT_COVERED_BY_PARTIALLY_OPEN_CONTENT_MODEL: [
    'What {writer} has under this name, {reader} takes no more',
    'Keep the property.',
  ],
  PROPERTY_REMOVED_FROM_CLOSED_CONTENT_MODEL: [
    '{reader} does not know this property, and takes no others',
    'Keep the property, or open the object first (additionalProperties: true).',
  ],
  DEPENDENCY_ARRAY_ADDED: ['{reader} requires more beside this property', 'Leave it out.'],
  DEPENDENCY_ARRAY_EXTENDED: ['{reader} requires more beside this property', 'Require no more.'],
  DEPENDENCY_ARRAY_CHANGED: ['{reader} requires others beside this property', 'Require no others.'],
  DEPENDENCY_SCHEMA_ADDED: ['{reader} asks more where this property is there', 'Leave it out.'],
  ADDITIONAL_PROPERTIES_REMOVED: rest('properties'),
  ADDITIONAL_PROPERTIES_NARROWED: narrower('properties'),
  ADDITIONAL_ITEMS_REMOVED: rest('items'),
  ADDITIONAL_ITEMS_NARROWED: narrower('items'),
  UNEVALUATED_PROPERTIES_REMOVED: rest('properties'),
  UNEVALUATED_PROPERTIES_NARROWED: narrower('properties'),
  UNEVALUATED_ITEMS_REMOVED: rest('items'),
  UNEVALUATED_ITEMS_NARROWED: narrower('items'),
  ITEM_ADDED_TO_OPEN_CONTENT_MODEL: [
    '{writer} lets anything through at this place, {reader} does not',
    'Let anything through there, or close the list first.',
  ],
  ITEM_ADDED_NOT_COVERED_BY_PARTIALLY_OPEN_CONTENT_MODEL: [
    '{writer} lets more through at this place than {reader}',
    'Give it the shape that other items have.',
  ],
  ITEM_REMOVED_NOT_COVERED_BY_PARTIALLY_OPEN_CONTENT_MODEL: [
    'What {writer} has at this place, {reader} takes no more',
    'Keep the item.',
  ],
  ITEM_REMOVED_FROM_CLOSED_CONTENT_MODEL: [
    '{reader} does not know an item at this place, and takes no others',
    'Keep the item.',
  ],
} as const satisfies Record<string, readonly [string, string]>;

export type Kind = keyof typeof kinds;
