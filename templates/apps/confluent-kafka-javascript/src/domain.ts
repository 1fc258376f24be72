export { domain } from './page-views/index.ts';
