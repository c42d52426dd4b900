/** The folder of what is answered under a name, so that no name answers for another. */
export function documentRoot(name: string): string {
  return `${documentRoots}/${name}`;
}

export const documentRoots = "/etc/nginx/web";
