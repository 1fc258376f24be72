import GithubSlugger from 'github-slugger';
import { marked, type Token, type Tokens } from 'marked';

/** What a reader of a Markdown page can click on, run or look at. */
export type Page = {
  readonly anchors: readonly string[];
  readonly links: readonly string[];
  readonly code: readonly Tokens.Code[];
  /** Text of each section by heading; the top of the page by ''. */
  readonly sections: ReadonlyMap<string, string>;
};

export function page(markdown: string): Page {
  const slugger = new GithubSlugger();
  const anchors: string[] = [];
  const links: string[] = [];
  const code: Tokens.Code[] = [];
  const sections = new Map<string, string>();
  const tokens = marked.lexer(markdown);
  marked.walkTokens(tokens, (token: Token) => {
    if (token.type === 'heading') anchors.push(slugger.slug(token.text as string));
    if (token.type === 'link') links.push(token.href as string);
    if (token.type === 'code') code.push(token as Tokens.Code);
  });
  let heading = '';
  for (const token of tokens) {
    if (token.type === 'heading') heading = token.text as string;
    sections.set(heading, (sections.get(heading) ?? '') + token.raw);
  }
  return { anchors, links, code, sections };
}
