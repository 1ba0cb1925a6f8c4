/**
 * The only import of proper-lockfile, loaded when the first lock is taken. In the bundles its two dependencies that
 * patch the process are replaced.
 */
import lockfile from 'proper-lockfile';

/** Makes the lock directory and keeps its time fresh; the answer ends that and removes it. */
export const lock = lockfile.lock;
