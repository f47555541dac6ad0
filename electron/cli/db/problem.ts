/** What a person can do something about: the sentence is all there is to say. Ends with 2. */
export class DatabaseProblem extends Error {
  override readonly name = 'DatabaseProblem'
}
