/**
 * Families of names of one origin, one a line: spellings and short forms that are one name to those who bear it.
 *
 * Rules of selection: (1) a family joins forms that one person is commonly recorded under, not names that share an origin
 * (Jack and Jacob are two names); (2) short forms of two names (Alex, Sam, Chris) stand in both families; (3) when in
 * doubt, left out, because a family makes two brothers look alike.
 */
export interface NamesOfOrigin {
  readonly given?: string;
  readonly surnames?: string;
  /** Names that are borne as given name and as surname. */
  readonly either?: string;
}
