/** What the page asks the editor for. Names and numbers only: the editor looks up the rest in the report that it holds. */
export type FromPage =
  | { readonly type: 'ready' | 'run' | 'cancel' | 'export' | 'record' | 'policy' }
  | { readonly type: 'open'; readonly check: string; readonly place: number }
  /** A fix at a place, or of the check as a whole. */
  | { readonly type: 'fix'; readonly check: string; readonly place?: number }
  | { readonly type: 'explain' | 'attest'; readonly check: string }
  /** A folder by its place in the list; -1 is all of them. */
  | { readonly type: 'folder'; readonly index: number }
  /** A standard or `solo`; empty for all checks. */
  | { readonly type: 'profile'; readonly id: string };

/** What the editor tells the page. */
export type ToPage =
  /** The report, to be shown in place of the one before. */
  | { readonly type: 'report'; readonly html: string }
  /** How far a run is; without a text it has ended. */
  | { readonly type: 'progress'; readonly text?: string };

/** What the page keeps for the time after a reload. */
export interface PageState {
  /** URI of the folder that is shown; empty for all. */
  readonly folder: string;
  readonly profile: string;
}

/** Most places of a check in a page that is worked with; the export has all. */
export const mostPlaces = 50;

/** The name of a place of a check, or of the check as a whole, where fixes are listed. */
export function fixName(check: string, place?: number): string {
  return place === undefined ? check : `${check} ${place}`;
}

const isPlace = (value: unknown): value is number => Number.isInteger(value) && (value as number) >= 0;
const isCheck = (value: unknown): value is string => typeof value === 'string' && /^KW-[A-Z]{3}-\d{2}$/.test(value);

/** Reads a message of the page; undefined for what is none. */
export function readFromPage(value: unknown): FromPage | undefined {
  const { type, check, place, index, id } = (value ?? {}) as Readonly<Record<string, unknown>>;
  switch (type) {
    case 'ready':
    case 'run':
    case 'cancel':
    case 'export':
    case 'record':
    case 'policy':
      return { type };
    case 'open':
      return isCheck(check) && isPlace(place) ? { type, check, place } : undefined;
    case 'fix':
      return !isCheck(check) ? undefined : isPlace(place) ? { type, check, place } : { type, check };
    case 'explain':
    case 'attest':
      return isCheck(check) ? { type, check } : undefined;
    case 'folder':
      return Number.isInteger(index) ? { type, index: index as number } : undefined;
    case 'profile':
      return typeof id === 'string' ? { type, id } : undefined;
    default:
      return undefined;
  }
}

/** Reads what a page kept; what is broken is as if nothing was kept. */
export function readPageState(value: unknown): PageState {
  const { folder, profile } = (value ?? {}) as Readonly<Record<string, unknown>>;
  return {
    folder: typeof folder === 'string' ? folder : '',
    profile: typeof profile === 'string' ? profile : '',
  };
}
