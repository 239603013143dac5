/** After a test run: the database server, if one was started, is stopped and its folder removed. */
export default async function closeDoor() {
  await globalThis.closeDatabaseDoor?.();
}
