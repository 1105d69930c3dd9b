import type { Database } from './database.ts'

/** Has every commit that writes down an unfinished act fail, after its statements did not, as it does on a full disk. Returns what makes room again. */
export function fillDisk(control: Database): () => void {
  control.exec(`CREATE TABLE room (id INTEGER PRIMARY KEY) STRICT;
CREATE TABLE wanted (room INTEGER NOT NULL REFERENCES room DEFERRABLE INITIALLY DEFERRED) STRICT;
CREATE TRIGGER full AFTER INSERT ON unfinished BEGIN INSERT INTO wanted VALUES (1); END`)
  return () => control.exec('DROP TRIGGER full; DROP TABLE wanted; DROP TABLE room')
}
