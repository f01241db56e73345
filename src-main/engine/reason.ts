/**
 * Why the system refused something, in words.
 */

/** Why the system refused, in its words but without the path, which the problem already names. */
export function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const code = (error as NodeJS.ErrnoException).code;
  const known: Record<string, string> = {
    EACCES: 'permission denied',
    EPERM: 'permission denied',
    ELOOP: 'its links lead in a circle',
    EBUSY: 'another program holds it',
    ENOSPC: 'the disk is full',
    EROFS: 'the disk is read-only',
    ENAMETOOLONG: 'the name is too long',
    ENOENT: 'there is no such folder',
    EIO: 'the disk reports an error',
  };
  return (code !== undefined && known[code]) || error.message.replace(/, \w+ '.*'$/s, '');
}
