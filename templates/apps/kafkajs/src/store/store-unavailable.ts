/** The store can't be reached or can't write at the moment: nothing is wrong with the event. */
export class StoreUnavailable extends Error {
  override name = 'StoreUnavailable';
}
