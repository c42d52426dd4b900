/** What the host has to know before it can fetch its bundle. */
export interface BootDeclaration {
  readonly hostname: string;
  /** The bucket's region. */
  readonly region: string;
  readonly bucket: string;
  /** The key of the bundle that the host applies. */
  readonly bundleKey: string;
  /** The key of the object in which the host reports its state. */
  readonly statusKey: string;
}

/** cloud-init's user-data, the same bytes for the same declaration and without secrets. */
export function renderUserData(boot: BootDeclaration): string {
  return `#cloud-config\n${JSON.stringify(boot)}\n`;
}
