/** The folder of a path with forward slashes, with the last of them; empty at the top. */
export const folderOf = (path: string): string => path.slice(0, path.lastIndexOf('/') + 1);
