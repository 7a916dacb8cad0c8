/** Slugs of a Markdown document's headings, as GitHub makes them: repeated ones get `-1`, `-2`. */
export function headingSlugs(text: string): ReadonlySet<string> {
  const slugs = new Set<string>();
  const times = new Map<string, number>();
  for (const heading of headings(text)) {
    const slug = heading
      .toLowerCase()
      .replace(/[^\p{L}\p{N}\s_-]/gu, '')
      .trim()
      .replace(/\s/g, '-');
    const n = times.get(slug) ?? 0;
    times.set(slug, n + 1);
    slugs.add(n === 0 ? slug : `${slug}-${n}`);
  }
  for (const m of text.matchAll(/<a\s+(?:id|name)="([^"]+)"|\{#([\w-]+)\}/g)) {
    slugs.add((m[1] ?? m[2]) as string);
  }
  return slugs;
}

/** The headings of a Markdown document, outside code fences. */
export function headings(text: string): readonly string[] {
  const outside = text.replace(/^(```|~~~)[\s\S]*?^\1/gm, '');
  return [...outside.matchAll(/^ {0,3}#{1,6}[ \t]+(.+?)[ \t]*#*[ \t]*$/gm)].map((m) => m[1] as string);
}
